package io.tokenwatt.quickstart.bench.workload;

/**
 * What may change in the life of a series without being a regression. Mutable: the scenario turns
 * the knobs between ticks. Not thread-safe.
 */
public final class Circumstances {
  /** Key of the deployment that serves now. */
  public String deployment = "deploy-1";

  /** Factor on arrivals: traffic moved here or away. */
  public double traffic = 1;

  /** Engines that serve now; 0 = none. */
  public int engines;

  /** Share of requests whose lengths are of {@link #otherMix}. */
  public double otherShare;

  /** Another trace's lengths; null = none. */
  public Trace otherMix;

  /** The regression, if any. */
  public Fault fault = Fault.NONE;
}
