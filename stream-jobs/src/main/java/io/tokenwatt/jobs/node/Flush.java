package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hands out what has changed in closed windows, and forgets windows that cannot change any more.
 */
final class Flush {
  private final NodeState state;
  private final long versionBase;
  private final FactOutput out;

  /**
   * @param versionBase epoch x 2^40, added to the version of rows written as a whole
   */
  Flush(NodeState state, long versionBase, FactOutput out) {
    this.state = state;
    this.versionBase = versionBase;
    this.out = out;
  }

  /** Windows that end at or before {@code untilMs} and have changed since they were handed out. */
  void changed(long untilMs) {
    state
        .unsettled()
        .headMap(untilMs - Window.SIZE_MS, true)
        .forEach(
            (start, window) -> {
              node(start, window);
              window.cells.forEach((holder, c) -> cell(start, holder, c));
              window.gpus.forEach((gpu, g) -> gpu(start, gpu, g));
              window.engines.values().forEach(e -> engine(start, e));
              window.settle();
            });
  }

  /**
   * Forgets windows older than any interval that a sample after {@code atMs} may still be spread
   * over; not those that energy kept back belongs to, for a row is written as a whole.
   */
  void forget(long atMs) {
    HeldEnergy held = new HeldEnergy(state);
    long before = atMs - TimeModel.MAX_GAP_MS - 2 * Window.SIZE_MS;
    for (Iterator<Map.Entry<Long, WindowState>> i = state.windows.entrySet().iterator();
        i.hasNext(); ) {
      long start = i.next().getKey();
      if (start < before && !held.reaches(start)) {
        i.remove();
      }
    }
  }

  /** Before the boards and engines of its window, whose marks of change it reads. */
  private void node(long start, WindowState window) {
    MachineFacts facts = new MachineFacts(window);
    if (facts.changed()) {
      window.machine.dirty = false;
      out.node(facts.row(start, state.place, versionBase));
    }
  }

  private void cell(long start, Holder holder, WindowState.CellState c) {
    if (!c.dirty) {
      return;
    }
    boolean observed = c.intervals > 0;
    long nodes = observed && !c.announced ? 1 : 0;
    out.cell(
        new CellPart(
            start,
            holder.cell(),
            c.amounts,
            c.quality,
            c.sourcePeriodMs,
            c.method,
            nodes,
            c.intervals,
            List.copyOf(new TreeMap<>(c.histograms).values()),
            holder.isUnit() ? member(holder, c.pair) : null));
    c.announced |= observed;
    c.amounts = new long[CellMeasure.values().length];
    c.intervals = 0;
    c.histograms.clear();
    c.dirty = false;
  }

  private MemberPart member(Holder holder, WindowState.Pair pair) {
    MemberPart member =
        new MemberPart(
            holder.unit(),
            holder.engine(),
            Units.isGroup(holder),
            state.place.node(),
            pair.boardsRequired,
            pair.nodesRequired,
            Map.copyOf(pair.heldMs),
            grown(pair.energyMs, pair.handedEnergyMs),
            Map.copyOf(pair.tokenMs),
            pair.machineMs,
            pair.modelledMs,
            pair.facilityMs,
            pair.facilityModelledMs);
    pair.heldMs.clear();
    pair.tokenMs.clear();
    pair.machineMs = 0;
    pair.modelledMs = 0;
    pair.facilityMs = 0;
    pair.facilityModelledMs = 0;
    return member;
  }

  /** What {@code all} has grown by since it was handed out; it stays, for others read it. */
  private static Map<String, Long> grown(Map<String, Long> all, Map<String, Long> handed) {
    Map<String, Long> grown = new HashMap<>();
    all.forEach((key, ms) -> grown.put(key, ms - handed.getOrDefault(key, 0L)));
    handed.putAll(all);
    return grown;
  }

  private void gpu(long start, String gpu, WindowState.GpuState g) {
    NodeState.Board board = state.boards.get(gpu);
    if (!g.dirty || board == null) {
      return;
    }
    g.dirty = false;
    out.gpu(
        new GpuRow(
            start,
            state.place,
            gpu,
            board.index,
            board.hardware,
            board.driver,
            g.workload,
            g.state,
            board.throttleReasons,
            board.xidLast,
            g.amounts.clone(),
            g.quality,
            g.sourcePeriodMs,
            versionBase + g.intervals));
  }

  private void engine(long start, WindowState.EngineState e) {
    if (!e.dirty) {
      return;
    }
    e.dirty = false;
    out.engine(
        new EngineRow(
            start,
            state.place,
            e.instance,
            e.engine,
            e.model,
            e.workload,
            e.deployment,
            e.role,
            e.amounts.clone(),
            e.quality,
            versionBase + e.intervals));
  }
}
