package io.tokenwatt.collectors.exporters;

import java.util.HashMap;
import java.util.Map;

/**
 * Which alias of a metric counts, so that nothing is counted under two names: for each model the
 * preferred one that has a reading. An alias without a model label counts only if no preferred
 * alias has any reading, as it may mean the same requests.
 */
final class Winners {
  private final Map<String, Integer> byModel = new HashMap<>();
  private int lowest = Integer.MAX_VALUE;

  void seen(String model, int rank) {
    byModel.merge(model, rank, Math::min);
    lowest = Math.min(lowest, rank);
  }

  boolean counts(String model, int rank) {
    return rank == byModel.get(model) && (!model.isEmpty() || rank == lowest);
  }
}
