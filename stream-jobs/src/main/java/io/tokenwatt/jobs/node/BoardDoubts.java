package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.jobs.meter.CounterCheck;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.Window;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Marks windows in which a board's energy is not to be believed: its counter contradicts its power
 * readings, or it drew more than 1.2 x its limit. The energy stays in all sums and is counted again
 * as doubted; the views withhold a ratio of which more than a twentieth is doubted. What is marked
 * depends on the node's records only, not on when windows were handed out.
 */
final class BoardDoubts {
  static final int BITS = Quality.COUNTER_VS_POWER_MISMATCH.bit() | Quality.POWER_OVER_LIMIT.bit();

  private static final long LEAST_OBSERVED_MS = Window.SIZE_MS / 2;

  private final NodeState state;

  BoardDoubts(NodeState state) {
    this.state = state;
  }

  /** Counter and power integral over the verdict's time differ too much. */
  void contradiction(String gpu, CounterCheck.Verdict verdict) {
    for (long start = Window.startOf(verdict.fromMs());
        start < verdict.toMs();
        start += Window.SIZE_MS) {
      doubt(start, gpu, Quality.COUNTER_VS_POWER_MISMATCH);
    }
  }

  /** Compares with the power limit, once, each window that all of a board's energy is known of. */
  void judge(long atMs) {
    long forced = atMs - TimeModel.MAX_GAP_MS - Window.SIZE_MS;
    state
        .unsettled()
        .forEach(
            (start, window) -> {
              long end = start + Window.SIZE_MS;
              window.gpus.forEach((gpu, g) -> judge(start, end, gpu, g, forced));
            });
  }

  private void judge(long start, long end, String gpu, WindowState.GpuState g, long forced) {
    NodeState.Board board = state.boards.get(gpu);
    if (!g.judged && board != null && end <= Math.max(forced, board.meter.energy.settledMs)) {
      g.judged = true;
      if (isOverLimit(g.amounts)) {
        doubt(start, gpu, Quality.POWER_OVER_LIMIT);
      }
    }
  }

  private static boolean isOverLimit(long[] amounts) {
    long ms = amounts[GpuMeasure.OBSERVED_MS.ordinal()];
    long limitMs = amounts[GpuMeasure.POWER_LIMIT_OBSERVED_MS.ordinal()];
    double watts = (double) amounts[GpuMeasure.ENERGY_MJ.ordinal()] / ms;
    double limit = amounts[GpuMeasure.POWER_LIMIT_MW_MS.ordinal()] / 1000.0 / limitMs;
    return ms >= LEAST_OBSERVED_MS
        && limitMs >= LEAST_OBSERVED_MS
        && limit > 0
        && watts > 1.2 * limit;
  }

  private void doubt(long start, String gpu, Quality why) {
    WindowState window = state.windows.get(start);
    WindowState.GpuState g = window == null ? null : window.gpus.get(gpu);
    if (g == null || (g.quality & why.bit()) != 0) {
      return;
    }
    window.settled = false;
    g.quality |= why.bit();
    g.intervals++;
    g.dirty = true;
    List<WindowState.CellState> holders = holders(window, gpu);
    for (int i = 0; i < holders.size(); i++) {
      WindowState.CellState cell = holders.get(i);
      cell.quality |= why.bit();
      cell.intervals++;
      cell.dirty = true;
      if (!g.doubted) {
        long mj = g.amounts[GpuMeasure.ENERGY_MJ.ordinal()];
        // Of a shared board each holder equal parts: a measure of doubt, no account.
        cell.amounts[CellMeasure.GPU_MJ_DOUBTED.ordinal()] +=
            mj * (i + 1) / holders.size() - mj * i / holders.size();
      }
    }
    g.doubted = true;
  }

  private static List<WindowState.CellState> holders(WindowState window, String gpu) {
    return window.cells.entrySet().stream()
        .filter(e -> e.getValue().pair.energyMs.containsKey(gpu))
        .sorted(Comparator.comparing((Map.Entry<Holder, WindowState.CellState> e) -> name(e)))
        .map(Map.Entry::getValue)
        .toList();
  }

  private static String name(Map.Entry<Holder, WindowState.CellState> entry) {
    return String.join("\u001f", entry.getKey().cell().values())
        + entry.getKey().unit()
        + entry.getKey().engine();
  }
}
