package io.tokenwatt.jobs.regression;

import io.tokenwatt.model.CellMeasure;
import java.util.Map;
import java.util.SortedSet;

/**
 * All that is known of a series in [windowStartMs, + 10 s): sums over its cells.
 *
 * @param deployments keys of the deployments that had boards or tokens in the window
 * @param amounts by {@link CellMeasure#ordinal()}; not copied, not to be changed afterwards
 * @param latencies by measure ("itl", "ttft", "e2e"), as the engines saw them
 * @param quality OR of {@link io.tokenwatt.model.Quality#bit()}
 * @param sourcePeriodMs longest refresh period of an energy source; 0 = as fast as the agent's tick
 * @param nodes nodes that contributed
 */
public record SeriesWindow(
    long windowStartMs,
    SortedSet<String> deployments,
    long[] amounts,
    Map<String, LatencySum> latencies,
    int quality,
    long sourcePeriodMs,
    long nodes) {

  long amount(CellMeasure measure) {
    return amounts[measure.ordinal()];
  }

  LatencySum latency(String measure) {
    return latencies.getOrDefault(measure, LatencySum.NONE);
  }
}
