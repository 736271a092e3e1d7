package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Allocation;
import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.jobs.attribution.Share;
import io.tokenwatt.jobs.meter.EnergyInterval;
import io.tokenwatt.jobs.meter.Proration;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.Window;
import java.util.HashSet;
import java.util.Set;

/**
 * Lays a settled interval's energy on windows and cells: evenly over time, and at each moment on
 * who held the source then.
 */
final class EnergyFacts {
  private final WindowBook book;
  private final NodeState.Meter meter;
  private final PowerScopes scopes;

  EnergyFacts(WindowBook book, NodeState.Meter meter, PowerScopes scopes) {
    this.book = book;
    this.meter = meter;
    this.scopes = scopes;
  }

  /** Receives a piece of the interval in one window, held as {@code allocation} says. */
  private interface Piece {
    void take(long windowStartMs, long fromMs, long toMs, long mj, Allocation allocation);
  }

  void board(NodeState.Board board, EnergyInterval interval) {
    int flags = flags(interval);
    if (interval.bridged()) {
      long window = Window.startOf(interval.toMs());
      bridge(interval, flags, CellMeasure.GPU_MJ_BRIDGED);
      WindowState.GpuState gpu = book.gpu(window, board.gpu);
      gpu.amounts[GpuMeasure.ENERGY_MJ_BRIDGED.ordinal()] += interval.mj();
      gpu.quality |= flags;
      gpu.intervals++;
      return;
    }
    pieces(
        interval,
        (window, from, to, mj, allocation) -> {
          cells(window, from, to, mj, allocation, interval, board.gpu);
          WindowState.GpuState gpu = book.gpu(window, board.gpu);
          gpu.amounts[GpuMeasure.OBSERVED_MS.ordinal()] += to - from;
          gpu.amounts[GpuMeasure.ENERGY_MJ.ordinal()] += mj;
          if (interval.integrated()) {
            gpu.amounts[GpuMeasure.ENERGY_MJ_INTEGRATED.ordinal()] += mj;
          }
          gpu.quality |= flags;
          gpu.sourcePeriodMs = Math.max(gpu.sourcePeriodMs, interval.sourcePeriodMs());
          gpu.intervals++;
        });
  }

  private void cells(
      long window,
      long from,
      long to,
      long mj,
      Allocation allocation,
      EnergyInterval interval,
      String gpu) {
    long[] times = allocation.splitTime(from, to);
    long[] energies = allocation.splitEnergy(mj);
    Set<Holder> seen = new HashSet<>();
    WindowState.GpuState board = book.gpu(window, gpu);
    for (int i = 0; i < times.length; i++) {
      Share share = allocation.shares().get(i);
      WindowState.CellState cell = book.cell(window, share.cell());
      if (board.doubted) {
        cell.amounts[CellMeasure.GPU_MJ_DOUBTED.ordinal()] += energies[i];
        cell.quality |= board.quality & BoardDoubts.BITS;
      }
      cell.amounts[CellMeasure.OBSERVED_MS.ordinal()] += times[i];
      cell.amounts[CellMeasure.GPU_MJ.ordinal()] += energies[i];
      cell.amounts[StateColumns.of(share.state()).mj().ordinal()] += energies[i];
      if (interval.integrated()) {
        cell.amounts[CellMeasure.GPU_MJ_INTEGRATED.ordinal()] += energies[i];
      } else if (share.measured()) {
        cell.amounts[CellMeasure.GPU_MJ_MEASURED.ordinal()] += energies[i];
      }
      cell.pair.gpuMj += energies[i];
      cell.pair.observedMs += times[i];
      if (seen.add(share.cell())) {
        cell.pair.energyMs.merge(gpu, to - from, Long::sum);
      }
      mark(cell, interval);
    }
    scopes.board(meter, interval, window, to - from, mj, allocation, times);
  }

  /** The same for the whole machine's meter. */
  void machine(EnergyInterval interval) {
    if (interval.bridged()) {
      bridge(interval, flags(interval), CellMeasure.NODE_MJ_BRIDGED);
      return;
    }
    pieces(
        interval,
        (window, from, to, mj, allocation) -> {
          long[] times = allocation.splitTime(from, to);
          long[] energies = allocation.splitEnergy(mj);
          Set<Holder> seen = new HashSet<>();
          for (int i = 0; i < times.length; i++) {
            Share share = allocation.shares().get(i);
            WindowState.CellState cell = book.cell(window, share.cell());
            cell.amounts[CellMeasure.NODE_OBSERVED_MS.ordinal()] += times[i];
            cell.amounts[CellMeasure.NODE_MJ.ordinal()] += energies[i];
            cell.pair.nodeMj += energies[i];
            if (seen.add(share.cell())) {
              cell.pair.machineMs += to - from;
            }
            mark(cell, interval);
          }
          node(window, to - from, mj, interval);
          scopes.machine(meter, window, to - from, mj, allocation, times);
        });
  }

  private void node(long window, long ms, long mj, EnergyInterval interval) {
    WindowState.MachineState node = book.machine(window);
    node.amounts[NodeMeasure.MACHINE_OBSERVED_MS.ordinal()] += ms;
    node.amounts[NodeMeasure.MACHINE_MJ.ordinal()] += mj;
    node.quality |= flags(interval);
    node.sourcePeriodMs = Math.max(node.sourcePeriodMs, interval.sourcePeriodMs());
    node.intervals++;
  }

  private static void mark(WindowState.CellState cell, EnergyInterval interval) {
    cell.quality |= flags(interval);
    cell.sourcePeriodMs = Math.max(cell.sourcePeriodMs, interval.sourcePeriodMs());
    cell.intervals++;
  }

  private void bridge(EnergyInterval interval, int flags, CellMeasure measure) {
    long window = Window.startOf(interval.toMs());
    Allocation last = at(interval.toMs());
    long[] energies = last.splitEnergy(interval.mj());
    for (int i = 0; i < energies.length; i++) {
      WindowState.CellState cell = book.cell(window, last.shares().get(i).cell());
      cell.amounts[measure.ordinal()] += energies[i];
      cell.quality |= flags;
      cell.intervals++;
    }
  }

  private static int flags(EnergyInterval interval) {
    int flags = 0;
    if (interval.reset()) {
      flags |= Quality.RESET.bit();
    }
    if (interval.integrated()) {
      flags |= Quality.INTEGRATED_POWER.bit();
    }
    if (interval.sourcePeriodMs() > Window.SIZE_MS) {
      flags |= Quality.SOURCE_PERIOD.bit();
    }
    if (interval.bridged() && interval.toMs() - interval.fromMs() > TimeModel.MAX_GAP_MS) {
      flags |= Quality.GAP.bit();
    }
    return flags;
  }

  private void pieces(EnergyInterval e, Piece piece) {
    long at = e.fromMs();
    for (NodeState.Segment segment : meter.timeline) {
      long to = Math.min(segment.toMs(), e.toMs());
      if (to > at) {
        slice(e, at, to, segment.allocation(), piece);
        at = to;
      }
    }
    if (at < e.toMs()) {
      slice(e, at, e.toMs(), meter.allocation, piece);
    }
  }

  private static void slice(
      EnergyInterval e, long fromMs, long toMs, Allocation allocation, Piece piece) {
    Proration.slice(
        e.mj(),
        e.fromMs(),
        e.toMs(),
        fromMs,
        toMs,
        (window, from, to, mj) -> piece.take(window, from, to, mj, allocation));
  }

  private Allocation at(long ms) {
    return meter.timeline.stream()
        .filter(s -> s.fromMs() < ms && ms <= s.toMs())
        .map(NodeState.Segment::allocation)
        .findFirst()
        .orElse(meter.allocation);
  }

  /**
   * Forgets who held the source before its settled frontier, or before the longest gap that is ever
   * spread.
   */
  static void trim(NodeState.Meter meter, long atMs) {
    long from = Math.max(meter.energy.settledMs, atMs - TimeModel.MAX_GAP_MS - Window.SIZE_MS);
    meter.timeline.removeIf(s -> s.toMs() <= from);
    int last = meter.timeline.size() - 1;
    if (last > 0) {
      NodeState.Segment a = meter.timeline.get(last - 1);
      NodeState.Segment b = meter.timeline.get(last);
      if (a.toMs() == b.fromMs() && a.allocation().equals(b.allocation())) {
        meter.timeline.remove(last);
        meter.timeline.set(last - 1, new NodeState.Segment(a.fromMs(), b.toMs(), a.allocation()));
      }
    }
  }
}
