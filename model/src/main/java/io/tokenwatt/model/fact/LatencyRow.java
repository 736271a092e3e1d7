package io.tokenwatt.model.fact;

import io.tokenwatt.model.Cell;

/**
 * One row of {@code latency_10s}: a histogram's growth in one window, for one cell and one set of
 * bounds.
 *
 * @param vantage who measured: engine, gateway or client
 * @param measure ttft, itl, e2e, queue, prefill, decode, tpot
 * @param boundsId identity of the set of bounds; rows of different sets are merged only on common
 *     bounds
 * @param boundsNs finite upper bounds, ascending
 * @param counts observations per bucket, not cumulative; one more than bounds, the last is +Inf
 * @param sumUs sum of the observations in microseconds
 */
public record LatencyRow(
    long windowStartMs,
    Cell cell,
    String vantage,
    String measure,
    long boundsId,
    long[] boundsNs,
    long[] counts,
    long sumUs,
    long version) {}
