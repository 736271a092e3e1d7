package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.Quality;
import java.util.Map;

/**
 * Marks a cell's window on one node in which tokens per joule are at least twice what they were on
 * that node in the minutes before, although neither watts per board nor running requests rose: more
 * load explains a rise, less energy for the same work is a broken meter until proven otherwise. The
 * ratio stays, marked: it may be true.
 *
 * <p>What it is compared with is frozen while windows are marked, for at most an hour; then the new
 * level is taken for the truth. Engines that credit tokens when a request ends are not judged: a
 * burst of ends is no jump.
 */
final class EfficiencyJumps {
  private static final double FACTOR = 2;
  private static final double NO_RISE = 1.1;
  private static final int LEAST_WINDOWS = 6;
  private static final int BLOCK_WINDOWS = 30;
  private static final long LEAST_TOKENS = 200;
  private static final long FROZEN_MS = 3_600_000;

  private final Map<Cell, NodeState.WorkHistory> histories;

  EfficiencyJumps(NodeState state) {
    this.histories = state.work;
  }

  /** Takes a window whose joules and tokens pair; to be called in the order of a cell's windows. */
  void judge(Cell cell, long startMs, WindowState.CellState c) {
    WindowState.Pair pair = c.pair;
    if (pair.atFinish || pair.outputTokens < LEAST_TOKENS || pair.gpuMj <= 0) {
      return;
    }
    NodeState.WorkHistory history =
        histories.computeIfAbsent(cell, h -> new NodeState.WorkHistory());
    NodeState.Work before = history.previous.plus(history.current);
    NodeState.Work now =
        new NodeState.Work(
            1,
            pair.gpuMj,
            pair.energyMs.values().stream().mapToLong(Long::longValue).sum(),
            pair.outputTokens,
            pair.runningMs,
            pair.loadMs);
    history.seenMs = startMs;
    if (before.windows() >= LEAST_WINDOWS && jumps(before, now)) {
      history.jumpedMs = history.jumpedMs == 0 ? startMs : history.jumpedMs;
      if (startMs - history.jumpedMs < FROZEN_MS) {
        c.quality |= Quality.EFFICIENCY_JUMP.bit();
        return;
      }
      history.previous = NodeState.Work.NONE;
      history.current = NodeState.Work.NONE;
    }
    history.jumpedMs = 0;
    history.current = history.current.plus(now);
    if (history.current.windows() >= BLOCK_WINDOWS) {
      history.previous = history.current;
      history.current = NodeState.Work.NONE;
    }
  }

  private static boolean jumps(NodeState.Work before, NodeState.Work now) {
    return now.perJoule() >= FACTOR * before.perJoule()
        && now.watts() <= NO_RISE * before.watts()
        && (now.loadMs() == 0
            || before.loadMs() == 0
            || now.running() <= NO_RISE * before.running());
  }

  /** Forgets cells that have not worked for a day. */
  static void forget(NodeState state, long atMs) {
    state.work.values().removeIf(h -> h.seenMs < atMs - TimeModel.FORGET_MS);
  }
}
