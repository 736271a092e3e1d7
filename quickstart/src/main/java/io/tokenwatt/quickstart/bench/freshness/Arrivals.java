package io.tokenwatt.quickstart.bench.freshness;

import io.tokenwatt.model.Window;
import io.tokenwatt.quickstart.bench.report.Quantiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** When each row was first seen whole. Pure; not thread-safe. */
final class Arrivals {
  private static final long TICK_MS = 1_000;

  /** One row of a table, as the probe sees it. */
  record Key(long windowStartMs, String row) {}

  private final Map<Key, Long> seen = new HashMap<>();
  private final TreeSet<String> rows = new TreeSet<>();

  /** The row was there, with enough in it, when it was asked for at {@code askedMs}. */
  void whole(Key key, long answeredMs) {
    seen.putIfAbsent(key, answeredMs);
  }

  /** The row exists, whole or not. */
  void known(String row) {
    rows.add(row);
  }

  int rows() {
    return rows.size();
  }

  /** From a window's end to its row, seconds; a row that never was whole counts as endless. */
  Quantiles afterWindow(long firstWindowMs, long endMs) {
    return new Quantiles(delays(firstWindowMs, endMs, false));
  }

  /** From each sample's second to its row, the samples of a window being one a second. */
  Quantiles afterSample(long firstWindowMs, long endMs) {
    return new Quantiles(delays(firstWindowMs, endMs, true));
  }

  private List<Double> delays(long firstWindowMs, long endMs, boolean perSample) {
    List<Double> delays = new ArrayList<>();
    for (long start = firstWindowMs; start < endMs; start += Window.SIZE_MS) {
      for (String row : rows) {
        Long at = seen.get(new Key(start, row));
        double late = at == null ? Double.POSITIVE_INFINITY : (at - start - Window.SIZE_MS) / 1e3;
        if (!perSample) {
          delays.add(late);
        }
        for (long ms = 0; perSample && ms < Window.SIZE_MS; ms += TICK_MS) {
          delays.add(late + (Window.SIZE_MS - ms) / 1e3);
        }
      }
    }
    return delays;
  }
}
