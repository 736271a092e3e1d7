package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/** Does to boards what an {@link Injection} says. */
final class Injector {
  private Injector() {}

  static void apply(Injection.OfBoards injection, List<Board> boards, long nowUs) {
    boards.forEach(board -> injection.check(board.hardware()));
    boards.forEach(board -> apply(injection, board, nowUs));
  }

  private static void apply(Injection.OfBoards injection, Board board, long nowUs) {
    Condition condition = board.condition();
    board.integrateTo(nowUs);
    if (injection instanceof Injection.PowerCap cap) {
      condition.limitWatts = cap.watts();
    } else if (injection instanceof Injection.ClockLock lock) {
      condition.lockedClock = lock.share();
      condition.lockTold = lock.told();
    } else if (injection instanceof Injection.Heat heat) {
      condition.heat = heat.resistance();
    } else if (injection instanceof Injection.HardwareSlowdown slowdown) {
      condition.brakedClock = slowdown.share();
      condition.brakeReason = slowdown.power() ? Reason.POWER_BRAKE : Reason.HW_SLOWDOWN;
    } else if (injection instanceof Injection.Driver driver) {
      condition.driver = driver.version();
      condition.kernels = driver.slower();
    } else if (injection instanceof Injection.SlowMemory memory) {
      condition.memory = memory.share();
    } else if (injection instanceof Injection.SlowHost host) {
      condition.launches = host.slower();
    } else if (injection instanceof Injection.LinkLoss loss) {
      condition.moved = loss.moved();
    } else if (injection instanceof Injection.Neighbour neighbour) {
      board.guest(neighbour.share(), nowUs);
    }
  }
}
