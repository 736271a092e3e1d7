package io.tokenwatt.quickstart.bench.jobs;

import io.tokenwatt.model.Window;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the tables must hold of a {@link LoadPlan}, computed second by second with none of the jobs'
 * code: each tick's amount lies in the second before it, and is cut where a window ends.
 */
final class Expected {
  /** Columns of efficiency_10s that are compared, in the order of the amounts. */
  static final List<String> COLUMNS =
      List.of("gpu_mj", "gpu_ms", "output_tokens", "prompt_tokens", "requests_finished");

  private static final int PER_MILLE = LoadPlan.TICK_MS;

  private Expected() {}

  /** Amounts by window start (Unix ms) and cell, of all windows that end by {@code untilMs}. */
  static Map<Long, long[][]> cells(Growth growth, long lastTick, long untilMs) {
    int cells = LoadPlan.cell(growth.nodes() - 1) + 1;
    Map<Long, long[][]> windows = new TreeMap<>();
    for (int node = 0; node < growth.nodes(); node++) {
      int phase = LoadPlan.phaseMs(node);
      for (long tick = growth.firstTick(node) + 1; tick <= lastTick; tick++) {
        long end = tick * LoadPlan.TICK_MS + phase;
        long edge = end - Math.floorMod(end, Window.SIZE_MS);
        int after = (int) Math.min(LoadPlan.TICK_MS, end - edge);
        long[] amounts = amounts(node, tick);
        add(windows, edge, untilMs, cells, LoadPlan.cell(node), amounts, after);
        add(
            windows,
            edge - Window.SIZE_MS,
            untilMs,
            cells,
            LoadPlan.cell(node),
            amounts,
            LoadPlan.TICK_MS - after);
      }
    }
    return windows;
  }

  private static long[] amounts(int node, long tick) {
    long watts = 0;
    for (int board = 0; board < LoadPlan.BOARDS; board++) {
      watts += LoadPlan.watts(node, board, tick);
    }
    return new long[] {
      watts * LoadPlan.TICK_MS,
      (long) LoadPlan.BOARDS * LoadPlan.TICK_MS,
      LoadPlan.outputTokens(node, tick),
      LoadPlan.promptTokens(node, tick),
      LoadPlan.requests(node, tick)
    };
  }

  private static void add(
      Map<Long, long[][]> windows,
      long start,
      long untilMs,
      int cells,
      int cell,
      long[] amounts,
      int ms) {
    if (ms > 0 && start + Window.SIZE_MS <= untilMs) {
      long[] sums = windows.computeIfAbsent(start, key -> new long[cells][COLUMNS.size()])[cell];
      for (int i = 0; i < sums.length; i++) {
        sums[i] += amounts[i] * ms / PER_MILLE;
      }
    }
  }
}
