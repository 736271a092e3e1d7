package io.tokenwatt.jobs.regression;

/**
 * Uniform cubic B-splines over log2 of the load: smooth curves of any shape, 4 of them different
 * from 0 at any load, all together 1 (de Boor, A Practical Guide to Splines, 1978). One interval
 * per octave leaves less than 0.05 % of the curves that batching makes, a + b / load.
 */
final class Spline {
  /** log2 of the least and the greatest load told apart: a quarter request, 1024 requests. */
  static final double LOW = -2;

  static final double HIGH = 10;

  static final int SIZE = (int) (HIGH - LOW) + 3;

  /** Splines different from 0 at one load. */
  static final int WIDTH = 4;

  private Spline() {}

  static double clamp(double load) {
    return Math.max(LOW, Math.min(HIGH - 1e-9, load));
  }

  /** Index of the first of the four splines at a clamped load. */
  static int first(double load) {
    return (int) Math.floor(load - LOW);
  }

  /** The load at which a coefficient is the height of a straight line (Greville abscissa). */
  static double site(int coefficient) {
    return LOW + coefficient - 1;
  }

  /** Fills values[0..3] with the four splines at a clamped load. */
  static void values(double load, double[] values) {
    double t = load - LOW - first(load);
    double s = 1 - t;
    values[0] = s * s * s / 6;
    values[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
    values[2] = (3 * s * s * s - 6 * s * s + 4) / 6;
    values[3] = t * t * t / 6;
  }
}
