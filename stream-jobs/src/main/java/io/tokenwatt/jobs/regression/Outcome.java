package io.tokenwatt.jobs.regression;

import java.util.Locale;

/** What became of one measure of one window. Each is counted in {@link SeriesState#outcomes}. */
public enum Outcome {
  /** It was compared with what the load lets expect. */
  JUDGED("compared with what the load lets expect"),
  /** It helped to learn the first reference of the series. */
  WARM_UP("the series has no reference yet"),
  /** Part of a longer window that is not full yet. */
  COLLECTED("kept for a longer window: energy or tokens refresh slowly"),
  OUT_OF_ORDER("a window at or before this one was judged already"),
  LOW_COVERAGE("less than 0.9 of boards or engines was read"),
  LOW_MEASURED_SHARE("too much energy is assumed, shared equally or integrated"),
  DOUBTED_ENERGY("the counter contradicts the power readings"),
  BAD_QUALITY("a gap, a counter reset, a skewed clock or missing members in the window"),
  UNPAIRED("joules and tokens do not cover the same time"),
  NO_LOAD_READING("running requests are not known"),
  LOW_TRAFFIC("too few tokens for a ratio"),
  WINDOW_TOO_SHORT("tokens are credited when requests end, over more than 5 minutes"),
  OUTSIDE_EXPERIENCE("the load was never like this; its level is learned"),
  UNKNOWN_MEASURE("the measure does not exist for this role or is not read");

  private final String meaning;

  Outcome(String meaning) {
    this.meaning = meaning;
  }

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }
}
