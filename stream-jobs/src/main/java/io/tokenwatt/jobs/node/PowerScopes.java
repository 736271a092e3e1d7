package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Allocation;
import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.jobs.attribution.Share;
import io.tokenwatt.jobs.meter.EnergyInterval;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.catalogue.NodeClass;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * From board energy to the machine's where nothing meters it (node class: base + slope x boards),
 * and from machine energy to the facility's (x the site's PUE at the window's start). Measured and
 * modelled go into columns of their own.
 *
 * <p>A board carries its own part of the machine: slope x its energy, and base x its time / boards
 * of the node. So the parts of a node's boards, those that nobody holds included, add up to the
 * machine, cover the same time as board energy does, and pair with tokens where it pairs. Energy
 * over gaps is not modelled. Fractions of a millijoule are carried on, never lost.
 */
final class PowerScopes {
  private static final long PPM = 1_000_000;

  private final NodeState state;
  private final PowerBook power;
  private final WindowBook book;

  PowerScopes(NodeState state, PowerBook power, WindowBook book) {
    this.state = state;
    this.power = power;
    this.book = book;
  }

  /** A piece of a board's settled energy within one window. */
  void board(
      NodeState.Meter meter,
      EnergyInterval interval,
      long window,
      long ms,
      long mj,
      Allocation allocation,
      long[] times) {
    Optional<NodeClass> nodeClass = power.nodeClass(state.nodeClass);
    if (nodeClass.isEmpty() || isMetered(interval.toMs()) || state.boardsPresent == 0) {
      return;
    }
    long boards = state.boardsPresent;
    // Nanojoule: mW x ms = 10^3 nJ, ppm x mJ = 1 nJ; the base's division by boards comes last.
    long nanojoule = (nodeClass.get().baseMilliwatts() * 1_000 * ms + meter.baseRemainder) / boards;
    meter.baseRemainder =
        (nodeClass.get().baseMilliwatts() * 1_000 * ms + meter.baseRemainder) % boards;
    nanojoule += nodeClass.get().slopePpm() * mj + meter.modelRemainder;
    long machineMj = nanojoule / PPM;
    meter.modelRemainder = nanojoule % PPM;
    OptionalLong pue = pue(window);
    long facilityMj = pue.isPresent() ? facility(meter, machineMj, pue.getAsLong()) : 0;
    long[] energies = allocation.splitEnergy(machineMj);
    long[] facilities = allocation.splitEnergy(facilityMj);
    Set<Holder> seen = new HashSet<>();
    for (int i = 0; i < times.length; i++) {
      Share share = allocation.shares().get(i);
      WindowState.CellState cell = book.cell(window, share.cell());
      add(cell, CellMeasure.NODE_MODELLED_MS, times[i]);
      add(cell, CellMeasure.NODE_MJ_MODELLED, energies[i]);
      add(cell, CellMeasure.FACILITY_MJ_MODELLED, facilities[i]);
      cell.quality |= Quality.MODELLED_NODE.bit();
      cell.pair.modelledMj += energies[i];
      cell.pair.facilityModelledMj += facilities[i];
      if (seen.add(share.cell())) {
        cell.pair.modelledMs += ms;
        cell.pair.facilityModelledMs += pue.isPresent() ? ms : 0;
      }
    }
    node(meter, window, ms, machineMj, boards);
  }

  private void node(NodeState.Meter meter, long window, long ms, long machineMj, long boards) {
    WindowState.MachineState node = book.machine(window);
    long boardMs = ms + meter.modelledMsRemainder;
    meter.modelledMsRemainder = boardMs % boards;
    node.amounts[NodeMeasure.MACHINE_MODELLED_MS.ordinal()] += boardMs / boards;
    node.amounts[NodeMeasure.MACHINE_MJ_MODELLED.ordinal()] += machineMj;
    node.quality |= Quality.MODELLED_NODE.bit();
    node.intervals++;
  }

  /** A piece of the machine's own meter, already laid on its cells. */
  void machine(
      NodeState.Meter meter, long window, long ms, long mj, Allocation allocation, long[] times) {
    OptionalLong pue = pue(window);
    if (pue.isEmpty()) {
      return;
    }
    long[] facilities = allocation.splitEnergy(facility(meter, mj, pue.getAsLong()));
    Set<Holder> seen = new HashSet<>();
    for (int i = 0; i < facilities.length; i++) {
      Share share = allocation.shares().get(i);
      WindowState.CellState cell = book.cell(window, share.cell());
      add(cell, CellMeasure.FACILITY_OBSERVED_MS, times[i]);
      add(cell, CellMeasure.FACILITY_MJ, facilities[i]);
      cell.pair.facilityMj += facilities[i];
      if (seen.add(share.cell())) {
        cell.pair.facilityMs += ms;
      }
    }
  }

  /** Whether the machine has a meter that still tells: then nothing is modelled. */
  private boolean isMetered(long atMs) {
    return state.machine.energy.known
        && atMs - state.machine.energy.settledMs <= TimeModel.MAX_GAP_MS;
  }

  /** The PUE that the node's own records told, else the one of the site's book. */
  private OptionalLong pue(long window) {
    OptionalLong told = PueTimeline.at(state, window);
    return told.isPresent() ? told : power.puePpm(state.place.site(), window);
  }

  private static long facility(NodeState.Meter meter, long mj, long puePpm) {
    long nanojoule = mj * puePpm + meter.facilityRemainder;
    meter.facilityRemainder = nanojoule % PPM;
    return nanojoule / PPM;
  }

  private static void add(WindowState.CellState cell, CellMeasure measure, long amount) {
    cell.amounts[measure.ordinal()] += amount;
  }
}
