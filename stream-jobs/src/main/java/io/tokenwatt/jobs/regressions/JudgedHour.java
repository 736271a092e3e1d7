package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.regression.Outcome;

/** What became of the windows of one (region, workload) within one hour. A Flink POJO. */
public final class JudgedHour {
  static final long HOUR_MS = 3_600_000;

  public long hourMs = Long.MIN_VALUE;
  public long toldMs;

  /** By {@link Outcome#ordinal()}. */
  public long[] counts = new long[Outcome.values().length];
}
