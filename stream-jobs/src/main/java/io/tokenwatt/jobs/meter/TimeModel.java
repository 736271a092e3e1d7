package io.tokenwatt.jobs.meter;

/** The constants of DESIGN.md section 4. All in milliseconds. */
public final class TimeModel {
  /** A sample is late iff its event time lies more than this before its record time. */
  public static final long LATENESS_MS = 15 * 60_000;

  /** Deltas over longer intervals are not spread over windows. */
  public static final long MAX_GAP_MS = 5 * 60_000;

  /** How far a node's clock may run ahead of Kafka's and still be believed. */
  public static final long CLOCK_AHEAD_MS = 2_000;

  /** Counters of a node that was away this long start from a new baseline. */
  public static final long FORGET_MS = 24 * 3_600_000L;

  private TimeModel() {}
}
