package io.tokenwatt.quickstart.fleet.physics;

/** What became of a board: limits that were set, and what is broken. Not thread-safe. */
final class Condition {
  /** Slowdown begins here; the clock then falls until the heat fits. */
  private static final double SLOWDOWN_CELSIUS = 83;

  private static final double CLOCK_PER_DEGREE = 0.07;
  private static final double LOWEST_CLOCK = 0.3;

  double limitWatts;
  double lockedClock = 1;
  boolean lockTold;
  double brakedClock = 1;
  long brakeReason;

  /** Thermal resistance against that of a board in order. */
  double heat = 1;

  double memory = 1;
  double moved;
  double kernels = 1;
  double launches = 1;
  String driver;

  Condition(double limitWatts, String driver) {
    this.limitWatts = limitWatts;
    this.driver = driver;
  }

  /** The clock that is allowed, whatever the power. */
  double clock(double celsius) {
    return Math.min(Math.min(lockedClock, brakedClock), coolClock(celsius));
  }

  /** Reasons for {@link #clock} that the driver tells. */
  long reasons(double celsius) {
    double clock = clock(celsius);
    return (lockTold && lockedClock < 1 && clock == lockedClock ? Reason.CLOCKS_SETTING : 0)
        | (brakedClock < 1 && clock == brakedClock ? brakeReason : 0)
        | (clock < 1 && clock == coolClock(celsius) ? Reason.SW_THERMAL : 0);
  }

  Terms terms(double celsius, double guestShare) {
    return new Terms(
        limitWatts,
        clock(celsius),
        reasons(celsius),
        1 - guestShare,
        memory,
        moved,
        kernels,
        launches);
  }

  private double coolClock(double celsius) {
    double over = heat > 1 ? celsius - SLOWDOWN_CELSIUS : 0;
    return over <= 0 ? 1 : Math.max(LOWEST_CLOCK, 1 - CLOCK_PER_DEGREE * over);
  }
}
