package io.tokenwatt.quickstart.fleet.physics;

/**
 * The temperature of a board: it follows the power as a first-order lag of 20 s, from 24 °C of air
 * to 66 °C at the board's full watts. Not thread-safe.
 */
final class Cooling {
  private static final double AIR = 24;
  private static final double RISE = 42;
  private static final double LAG_US = 20e6;

  private final double fullWatts;
  private double celsius;

  Cooling(double fullWatts, double watts) {
    this.fullWatts = fullWatts;
    this.celsius = goal(watts, 1);
  }

  double celsius() {
    return celsius;
  }

  /**
   * @param resistance thermal resistance against that of a board in order
   */
  void pass(double watts, double resistance, long us) {
    celsius += (goal(watts, resistance) - celsius) * -Math.expm1(-us / LAG_US);
  }

  private double goal(double watts, double resistance) {
    return AIR + RISE * resistance * watts / fullWatts;
  }
}
