package io.tokenwatt.quickstart.fleet.physics;

/**
 * A part of a board: all of it, or a MIG instance.
 *
 * @param profile {@code GPU_I_PROFILE}; "" = the whole board
 * @param instance {@code GPU_I_ID}; -1 = the whole board
 * @param compute share of the board's compute
 * @param memory share of the board's memory and bandwidth
 */
public record Slice(String profile, int instance, double compute, double memory) {
  public static final Slice WHOLE = new Slice("", -1, 1, 1);

  public boolean isMig() {
    return instance >= 0;
  }
}
