package io.tokenwatt.jobs.node;

import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_RUNNING;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_MILLIWATTS;

import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.model.proto.NodeSample;
import java.util.Map;

/** A node's meter and the ledger that keeps what it hands out. */
final class MeteredNode {
  static final long T0 = 1_700_000_000_000L; // a window's start
  static final long STARTED = T0 - 1_000_000;

  final Ledger ledger = new Ledger();
  final NodeMeter meter;

  MeteredNode() {
    this(PowerBook.EMPTY);
  }

  MeteredNode(PowerBook power) {
    meter = new NodeMeter(new NodeState(), new PlainNaming(), power, 0, ledger);
  }

  /** Takes a sample that Kafka got 50 ms after it was taken. */
  IntakeOutcome accept(NodeSample sample) {
    return meter.accept(sample, sample.getObservedAtMs() + 50).outcome();
  }

  /**
   * One board at {@code watts} and an engine at {@code rate} tokens a second, sampled each second.
   */
  static NodeSample steady(int second, int watts, int rate) {
    return SampleBuilder.at(second + 1, T0 + 1000L * second)
        .board(
            "a",
            GPU_ENERGY_MILLIJOULES,
            5_000_000L + 1000L * watts * second,
            GPU_POWER_MILLIWATTS,
            watts * 1000)
        .engine(
            "w",
            STARTED,
            Map.of(ENGINE_OUTPUT_TOKENS, 100L + (long) rate * second, ENGINE_RUNNING, 3L),
            0)
        .build();
  }
}
