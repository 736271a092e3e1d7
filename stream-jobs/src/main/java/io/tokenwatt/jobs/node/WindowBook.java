package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.model.CellMeasure;
import java.util.Map;

/** Adds amounts to a node's open windows. */
final class WindowBook {
  private final Map<Long, WindowState> windows;

  WindowBook(Map<Long, WindowState> windows) {
    this.windows = windows;
  }

  /** To be added to: it has to be looked at again. */
  WindowState window(long startMs) {
    WindowState window = windows.computeIfAbsent(startMs, s -> new WindowState());
    window.settled = false;
    return window;
  }

  WindowState.CellState cell(long startMs, Holder cell) {
    WindowState.CellState state =
        window(startMs).cells.computeIfAbsent(cell, c -> new WindowState.CellState());
    state.dirty = true;
    return state;
  }

  WindowState.GpuState gpu(long startMs, String gpu) {
    WindowState.GpuState state =
        window(startMs).gpus.computeIfAbsent(gpu, g -> new WindowState.GpuState());
    state.dirty = true;
    return state;
  }

  /** The node's own row, for energy of the whole machine. */
  WindowState.MachineState machine(long startMs) {
    WindowState.MachineState state = window(startMs).machine;
    state.dirty = true;
    return state;
  }

  /** Adds without counting as a node-interval: for what a timer expects. */
  void expect(long startMs, Holder cell, CellMeasure measure, long ms) {
    if (ms != 0) {
      WindowState.CellState state = cell(startMs, cell);
      state.amounts[measure.ordinal()] += ms;
      if (measure == CellMeasure.EXPECTED_MS) {
        state.pair.expectedMs += ms;
      }
    }
  }
}
