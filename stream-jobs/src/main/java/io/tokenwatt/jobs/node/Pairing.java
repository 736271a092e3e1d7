package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.jobs.attribution.Share;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.Window;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides, once per cell and window of a node, whether its joules and its tokens cover the same
 * time. Only then do they go into the *_metered columns, from which ratios are made (law 6). The
 * decision waits until every source of the cell has told about the window, at most for the longest
 * gap that is spread. Engines that no node sees whole are left to {@link
 * io.tokenwatt.jobs.serving.UnitWindow}.
 */
final class Pairing {
  private final NodeState state;

  Pairing(NodeState state) {
    this.state = state;
  }

  /** Decides all windows whose sources have all come past them by {@code atMs}. */
  void decide(long atMs) {
    Map<Holder, Long> gpu = new HashMap<>();
    Map<Holder, Long> node = new HashMap<>();
    for (NodeState.Series series : state.series.values()) {
      gpu.merge(series.cell, series.seenMs, Math::min);
      node.merge(series.cell, series.seenMs, Math::min);
    }
    for (NodeState.Board board : state.boards.values()) {
      frontier(board.meter, gpu);
    }
    frontier(state.machine, node);
    decide(atMs, atMs - TimeModel.MAX_GAP_MS - Window.SIZE_MS, gpu, node);
  }

  /** Decides everything: nothing more will come. */
  void decideAll() {
    decide(Long.MAX_VALUE, Long.MAX_VALUE, Map.of(), Map.of());
  }

  private void decide(long atMs, long forced, Map<Holder, Long> gpu, Map<Holder, Long> node) {
    EfficiencyJumps jumps = new EfficiencyJumps(state);
    state
        .unsettled()
        .forEach(
            (start, window) -> {
              long end = start + Window.SIZE_MS;
              if (end <= atMs) {
                window.cells.forEach(
                    (cell, c) -> {
                      if (cell.isUnit()) {
                        return; // tokens or joules may lie on other nodes: see package serving
                      }
                      if (end <= Math.max(forced, gpu.getOrDefault(cell, atMs))) {
                        if (decideGpu(c)) {
                          jumps.judge(cell.cell(), start, c);
                        }
                      }
                      if (end <= Math.max(forced, node.getOrDefault(cell, atMs))) {
                        decideNode(c);
                      }
                    });
              }
            });
  }

  private static void frontier(NodeState.Meter meter, Map<Holder, Long> frontiers) {
    if (meter.energy.known && meter.allocation != null) {
      for (Share share : meter.allocation.shares()) {
        frontiers.merge(share.cell(), meter.energy.settledMs, Math::min);
      }
      for (NodeState.Segment segment : meter.timeline) {
        for (Share share : segment.allocation().shares()) {
          frontiers.merge(share.cell(), meter.energy.settledMs, Math::min);
        }
      }
    }
  }

  /** Whether joules and tokens of the window were found to pair just now. */
  private static boolean decideGpu(WindowState.CellState c) {
    if (c.pair.gpuDecided) {
      return false;
    }
    c.pair.gpuDecided = true;
    WindowState.Pair pair = c.pair;
    long energyMs = same(pair.energyMs.values());
    long tokenMs = same(pair.tokenMs.values());
    // A board that fell silent is no saved energy.
    boolean allBoards = pair.observedMs >= pair.expectedMs;
    boolean paired = energyMs > 0 && energyMs == tokenMs && allBoards;
    if (paired) {
      add(c, CellMeasure.GPU_MJ_METERED, pair.gpuMj);
      add(c, CellMeasure.OUTPUT_TOKENS_METERED, pair.outputTokens);
      add(c, CellMeasure.PROMPT_TOKENS_COMPUTED_METERED, pair.promptComputed);
      add(c, CellMeasure.REQUESTS_FINISHED_METERED, pair.requestsFinished);
      modelled(c);
    } else if (!pair.energyMs.isEmpty() && !pair.tokenMs.isEmpty()) {
      c.quality |= Quality.UNPAIRED.bit();
    } else {
      return false; // one side alone: there is no ratio to guard
    }
    c.intervals++;
    c.dirty = true;
    return paired;
  }

  /** Modelled energy goes with board energy, where it covers all of its time. */
  private static void modelled(WindowState.CellState c) {
    WindowState.Pair pair = c.pair;
    long boardMs = pair.energyMs.values().stream().mapToLong(Long::longValue).sum();
    if (pair.modelledMs == boardMs) {
      add(c, CellMeasure.NODE_MJ_MODELLED_METERED, pair.modelledMj);
      add(c, CellMeasure.OUTPUT_TOKENS_NODE_MODELLED_METERED, pair.outputTokens);
    }
    if (pair.facilityModelledMs == boardMs) {
      add(c, CellMeasure.FACILITY_MJ_MODELLED_METERED, pair.facilityModelledMj);
      add(c, CellMeasure.OUTPUT_TOKENS_FACILITY_MODELLED_METERED, pair.outputTokens);
    }
  }

  private static void decideNode(WindowState.CellState c) {
    if (c.pair.nodeDecided) {
      return;
    }
    c.pair.nodeDecided = true;
    WindowState.Pair pair = c.pair;
    if (pair.machineMs == 0 || pair.tokenMs.isEmpty()) {
      return;
    }
    if (pair.machineMs == same(pair.tokenMs.values())) {
      add(c, CellMeasure.NODE_MJ_METERED, pair.nodeMj);
      add(c, CellMeasure.OUTPUT_TOKENS_NODE_METERED, pair.outputTokens);
      if (pair.facilityMs == pair.machineMs) {
        add(c, CellMeasure.FACILITY_MJ_METERED, pair.facilityMj);
        add(c, CellMeasure.OUTPUT_TOKENS_FACILITY_METERED, pair.outputTokens);
      }
    } else {
      c.quality |= Quality.UNPAIRED.bit();
    }
    c.intervals++;
    c.dirty = true;
  }

  /** The one time that all sources cover; -1 when they differ or there is none. */
  private static long same(Collection<Long> times) {
    long first = -1;
    for (long time : times) {
      if (first >= 0 && time != first) {
        return -1;
      }
      first = time;
    }
    return first;
  }

  private static void add(WindowState.CellState c, CellMeasure measure, long amount) {
    c.amounts[measure.ordinal()] += amount;
  }
}
