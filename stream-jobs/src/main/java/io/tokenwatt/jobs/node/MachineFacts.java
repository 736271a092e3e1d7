package io.tokenwatt.jobs.node;

import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.fact.NodeRow;
import io.tokenwatt.model.fact.Place;

/**
 * Makes a node's row of a window from what is known of its machine, its boards and its engines. It
 * holds no share and no cell: a rack's power is the sum of its nodes, whoever used them.
 */
final class MachineFacts {
  private final WindowState window;

  MachineFacts(WindowState window) {
    this.window = window;
  }

  boolean changed() {
    return window.machine.dirty
        || window.gpus.values().stream().anyMatch(g -> g.dirty)
        || window.engines.values().stream().anyMatch(e -> e.dirty);
  }

  /** The row as of now; its version grows with every interval that any part of it has taken in. */
  NodeRow row(long startMs, Place place, long versionBase) {
    WindowState.MachineState machine = window.machine;
    long[] amounts = machine.amounts.clone();
    int quality = machine.quality;
    long sourcePeriodMs = machine.sourcePeriodMs;
    long intervals = machine.intervals;
    for (WindowState.GpuState gpu : window.gpus.values()) {
      add(amounts, NodeMeasure.BOARD_EXPECTED_MS, gpu.amounts[GpuMeasure.EXPECTED_MS.ordinal()]);
      add(amounts, NodeMeasure.BOARD_OBSERVED_MS, gpu.amounts[GpuMeasure.OBSERVED_MS.ordinal()]);
      add(amounts, NodeMeasure.BOARD_MJ, gpu.amounts[GpuMeasure.ENERGY_MJ.ordinal()]);
      quality |= gpu.quality;
      sourcePeriodMs = Math.max(sourcePeriodMs, gpu.sourcePeriodMs);
      intervals += gpu.intervals;
    }
    for (WindowState.EngineState engine : window.engines.values()) {
      long[] of = engine.amounts;
      add(amounts, NodeMeasure.TOKENS_EXPECTED_MS, of[EngineMeasure.EXPECTED_MS.ordinal()]);
      add(amounts, NodeMeasure.TOKENS_OBSERVED_MS, of[EngineMeasure.OBSERVED_MS.ordinal()]);
      // A prefill server's one token per request is handed on, and counted, by its decode server.
      if (!"prefill".equals(engine.role)) {
        add(amounts, NodeMeasure.OUTPUT_TOKENS, of[EngineMeasure.OUTPUT_TOKENS.ordinal()]);
      }
      quality |= engine.quality;
      intervals += engine.intervals;
    }
    return new NodeRow(startMs, place, amounts, quality, sourcePeriodMs, versionBase + intervals);
  }

  private static void add(long[] amounts, NodeMeasure measure, long amount) {
    amounts[measure.ordinal()] += amount;
  }
}
