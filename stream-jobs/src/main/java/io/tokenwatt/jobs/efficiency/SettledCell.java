package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.regression.LatencySum;
import io.tokenwatt.model.Cell;
import java.util.Map;

/**
 * What is judged of one cell and window, told once: the sum of all parts whose record time is at
 * most the window's end + the judge delay. Corrections that come later are in {@code
 * efficiency_10s} and not here.
 *
 * @param amounts by {@link io.tokenwatt.model.CellMeasure#ordinal()}
 * @param latencies as the engines saw them, by measure: ttft, itl, e2e, queue …
 * @param quality OR of {@link io.tokenwatt.model.Quality#bit()}
 * @param microusd cost of gpu_ms at the price in force, micro-dollars; -1 = no price
 */
public record SettledCell(
    long windowStartMs,
    Cell cell,
    long[] amounts,
    Map<String, LatencySum> latencies,
    int quality,
    long sourcePeriodMs,
    long nodes,
    long microusd) {}
