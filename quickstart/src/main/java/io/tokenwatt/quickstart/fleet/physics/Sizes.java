package io.tokenwatt.quickstart.fleet.physics;

/** Refuses sizes that are none. */
final class Sizes {
  private Sizes() {}

  static void share(String what, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException(what + " of share " + share + ": must be in (0, 1]");
    }
  }

  static void above(String what, double value, double bound) {
    if (!(value > bound)) {
      throw new IllegalArgumentException(what + " is " + value + ": must be above " + bound);
    }
  }
}
