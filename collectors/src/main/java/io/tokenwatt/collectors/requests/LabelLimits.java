package io.tokenwatt.collectors.requests;

/**
 * How many different values of each label an agent publishes within an hour; the rest is "(other)".
 * Each at least 1.
 */
public record LabelLimits(int model, int adapter, int tenant, int clientRegion, int serviceClass) {
  public static final LabelLimits DEFAULT = new LabelLimits(1_000, 1_000, 10_000, 500, 100);
}
