package io.tokenwatt.jobs.meter;

/** What {@link CounterCheck} remembers of one board. Public fields: a Flink POJO. */
public final class CounterCheckState {
  /** Where the comparison began; 0 = none runs. */
  public long fromMs;

  public long fromMj;

  /** Integral of power since then, microjoule. */
  public long powerUj;

  /** The reading before; 0 = there is none that one may go on from. */
  public long readMs;

  public long readMj;
  public long readMw;
}
