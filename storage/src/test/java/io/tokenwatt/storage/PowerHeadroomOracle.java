package io.tokenwatt.storage;

import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.fact.NodeRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;

/**
 * The power of a set of nodes from their rows, window by window; a window in which a node is not
 * known is left out. All rows of one call lie on windows of {@code windowMs}.
 */
final class PowerHeadroomOracle {
  final List<Double> nodeWatts = new ArrayList<>();
  final List<Double> gpuWatts = new ArrayList<>();
  private double tokens;
  private double joules;
  private int paired;

  /**
   * @param windows starts of the windows to look at
   * @param declared nodes that have to be there
   */
  PowerHeadroomOracle(
      List<NodeRow> rows,
      List<Long> windows,
      long windowMs,
      int declared,
      Predicate<NodeRow> scope) {
    for (long window : windows) {
      List<List<NodeRow>> nodes =
          List.copyOf(
              rows.stream()
                  .filter(scope)
                  .filter(r -> Math.floorDiv(r.windowStartMs(), windowMs) * windowMs == window)
                  .collect(java.util.stream.Collectors.groupingBy(r -> r.place().node()))
                  .values());
      if (!nodes.isEmpty() && nodes.size() >= declared) {
        window(nodes, windowMs);
      }
    }
    Collections.sort(nodeWatts);
    Collections.sort(gpuWatts);
  }

  private void window(List<List<NodeRow>> nodes, long windowMs) {
    List<Double> watts = nodes.stream().map(n -> nodeWatts(n, windowMs)).toList();
    List<Double> boards = nodes.stream().map(n -> gpuWatts(n, windowMs)).toList();
    if (!boards.contains(Double.NaN)) {
      gpuWatts.add(boards.stream().mapToDouble(d -> d).sum());
    }
    if (watts.contains(Double.NaN)) {
      return;
    }
    double sum = watts.stream().mapToDouble(d -> d).sum();
    nodeWatts.add(sum);
    List<NodeRow> all = nodes.stream().flatMap(List::stream).toList();
    double seen = sum(all, NodeMeasure.TOKENS_OBSERVED_MS);
    if (seen > 0 && seen / sum(all, NodeMeasure.TOKENS_EXPECTED_MS) >= 0.9) {
      paired++;
      tokens += sum(all, NodeMeasure.OUTPUT_TOKENS);
      joules += sum * windowMs / 1000;
    }
  }

  private static double nodeWatts(List<NodeRow> node, long windowMs) {
    if (sum(node, NodeMeasure.EXPECTED_MS) < 0.99 * windowMs) {
      return Double.NaN;
    }
    double measured = sum(node, NodeMeasure.MACHINE_OBSERVED_MS);
    double modelled = sum(node, NodeMeasure.MACHINE_MODELLED_MS);
    return measured >= 0.9 * windowMs
        ? sum(node, NodeMeasure.MACHINE_MJ) / measured
        : modelled >= 0.9 * windowMs
            ? sum(node, NodeMeasure.MACHINE_MJ_MODELLED) / modelled
            : Double.NaN;
  }

  private static double gpuWatts(List<NodeRow> node, long windowMs) {
    double expected = sum(node, NodeMeasure.BOARD_EXPECTED_MS);
    double observed = sum(node, NodeMeasure.BOARD_OBSERVED_MS);
    boolean known =
        sum(node, NodeMeasure.EXPECTED_MS) >= 0.99 * windowMs
            && observed > 0
            && observed / expected >= 0.9;
    return known ? sum(node, NodeMeasure.BOARD_MJ) / observed * (expected / windowMs) : Double.NaN;
  }

  /** Nearest rank: the smallest value that at least this share of the values does not exceed. */
  static double quantile(List<Double> sorted, double q) {
    int rank = 0;
    while (rank + 1 < q * sorted.size()) {
      rank++;
    }
    return sorted.get(rank);
  }

  double tokensPerJoule() {
    return tokens / joules;
  }

  int paired() {
    return paired;
  }

  private static double sum(List<NodeRow> rows, NodeMeasure measure) {
    return rows.stream().mapToDouble(r -> r.amounts()[measure.ordinal()]).sum();
  }
}
