package io.tokenwatt.jobs.node;

/**
 * Growth of one histogram in one window.
 *
 * @param vantage engine, or engine_bridged for growth over a gap, which no quantile uses
 * @param boundsNs finite upper bounds, ascending
 * @param counts per bucket, not cumulative; one more than bounds
 */
public record HistogramPart(
    String vantage, String measure, long boundsId, long[] boundsNs, long[] counts, long sumUs) {

  /** Parts of one cell and window with equal keys add up. */
  public String key() {
    return vantage + '|' + measure + '|' + boundsId;
  }

  /** Adds {@code other}, which must have the same key. */
  public HistogramPart plus(HistogramPart other) {
    long[] sum = counts.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += other.counts[i];
    }
    return new HistogramPart(vantage, measure, boundsId, boundsNs, sum, sumUs + other.sumUs);
  }
}
