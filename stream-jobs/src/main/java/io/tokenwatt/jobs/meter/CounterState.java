package io.tokenwatt.jobs.meter;

/**
 * What is remembered of one cumulative series. Public fields: Flink keeps it as a POJO, whose
 * schema may grow.
 */
public final class CounterState {
  /** The last accepted reading. */
  public long value;

  /** Its event time, Unix ms. */
  public long readMs;

  public CounterState() {}

  CounterState(long value, long readMs) {
    this.value = value;
    this.readMs = readMs;
  }
}
