package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.meter.EnergyInterval;
import io.tokenwatt.jobs.meter.EnergyMeter;
import io.tokenwatt.jobs.meter.EnergyState;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.Window;
import java.util.function.BiConsumer;

/** A node's sources whose first move waits for the second one; see {@link EnergyMeter}. */
final class HeldEnergy {
  private final NodeState state;

  HeldEnergy(NodeState state) {
    this.state = state;
  }

  /**
   * Settles what has waited since before {@code beforeMs}: it will not be spread. A function of
   * event time alone, so that it does not matter when anybody looked.
   */
  void giveUp(long beforeMs, WindowBook book, PowerScopes scopes) {
    for (NodeState.Board board : state.boards.values()) {
      settle(
          board.meter,
          EnergyMeter.BOARD_WATTS,
          beforeMs,
          (meter, interval) -> new EnergyFacts(book, meter, scopes).board(board, interval));
    }
    settle(
        state.machine,
        EnergyMeter.MACHINE_WATTS,
        beforeMs,
        (meter, interval) -> new EnergyFacts(book, meter, scopes).machine(interval));
  }

  private static void settle(
      NodeState.Meter meter,
      long maxWatts,
      long beforeMs,
      BiConsumer<NodeState.Meter, EnergyInterval> facts) {
    if (meter.energy.holding && meter.energy.heldToMs < beforeMs) {
      new EnergyMeter(meter.energy, maxWatts).giveUp().forEach(i -> facts.accept(meter, i));
    }
  }

  /** Whether energy that waits may still be spread over the window that begins at {@code start}. */
  boolean reaches(long start) {
    return reaches(state.machine.energy, start)
        || state.boards.values().stream().anyMatch(board -> reaches(board.meter.energy, start));
  }

  private static boolean reaches(EnergyState energy, long start) {
    long from = Math.max(energy.settledMs, energy.heldToMs - TimeModel.MAX_GAP_MS);
    return energy.holding && start <= energy.heldToMs && start + Window.SIZE_MS > from;
  }
}
