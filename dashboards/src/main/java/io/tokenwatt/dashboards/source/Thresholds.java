package io.tokenwatt.dashboards.source;

import java.util.List;

/**
 * Where a value changes its colour. Only for limits that somebody set (an SLO, a law, a power
 * limit): a panel without one stays in its neutral colour.
 *
 * @param base below the first step
 * @param steps ascending, each from its value on
 */
public record Thresholds(Color base, List<Step> steps) {
  /** No judgement. */
  public static final Thresholds NEUTRAL = new Thresholds(Color.BLUE, List.of());

  /** From {@code from} on, inclusive, in the panel's unit. */
  public record Step(double from, Color color) {}

  public Thresholds {
    steps = List.copyOf(steps);
  }

  /** Bad below {@code poor}, attention below {@code good}. */
  public static Thresholds highIsGood(double poor, double good) {
    return new Thresholds(
        Color.VERMILION, List.of(new Step(poor, Color.ORANGE), new Step(good, Color.BLUE)));
  }

  /** Attention from {@code warn} on, bad from {@code bad} on. */
  public static Thresholds lowIsGood(double warn, double bad) {
    return new Thresholds(
        Color.BLUE, List.of(new Step(warn, Color.ORANGE), new Step(bad, Color.VERMILION)));
  }

  /** Anything but zero, of whole numbers, is bad. */
  public static Thresholds onlyZeroIsGood() {
    return new Thresholds(
        Color.VERMILION, List.of(new Step(0, Color.BLUE), new Step(1, Color.VERMILION)));
  }

  /** Any whole number above zero is bad. */
  public static Thresholds zeroIsGood() {
    return new Thresholds(Color.BLUE, List.of(new Step(1, Color.VERMILION)));
  }
}
