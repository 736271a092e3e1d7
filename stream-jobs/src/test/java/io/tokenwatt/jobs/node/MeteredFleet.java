package io.tokenwatt.jobs.node;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.proto.NodeSample;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** The meters of several nodes, and one ledger that keeps what all of them hand out. */
final class MeteredFleet {
  final Ledger ledger = new Ledger();
  private final Map<String, NodeMeter> meters = new TreeMap<>();

  void accept(SampleBuilder sample) {
    accept(sample.build());
  }

  void accept(NodeSample sample) {
    meters
        .computeIfAbsent(
            sample.getNode().getNode(),
            node -> new NodeMeter(new NodeState(), new PlainNaming(), 0, ledger))
        .accept(sample, sample.getObservedAtMs() + 50);
  }

  /** The watermark comes to {@code ms} at all nodes. */
  void advance(long ms) {
    meters.values().forEach(meter -> meter.advance(ms));
  }

  /** A measure of one window's cells. */
  long at(long window, CellMeasure measure, Predicate<Cell> cells) {
    return ledger.settle().cells.entrySet().stream()
        .filter(e -> e.getKey().window() == window && cells.test(e.getKey().cell()))
        .mapToLong(e -> e.getValue()[measure.ordinal()])
        .sum();
  }

  long at(long window, CellMeasure measure) {
    return at(window, measure, cell -> true);
  }
}
