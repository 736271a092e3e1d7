package io.tokenwatt.model.fact;

import io.tokenwatt.model.Cell;

/**
 * One row of {@code efficiency_10s}: everything known of one cell in one window [windowStartMs, +
 * 10 s).
 *
 * @param amounts by {@link io.tokenwatt.model.CellMeasure#ordinal()}; not copied, not to be changed
 *     after construction
 * @param quality OR of {@link io.tokenwatt.model.Quality#bit()}
 * @param sourcePeriodMs longest refresh period of an energy source that fed the row; 0 = as fast as
 *     the agent's tick
 * @param nodes nodes that contributed
 * @param microusdLive cost of gpu_ms at the price in force when the job ran, micro-dollars; -1 = no
 *     price
 * @param priceVersion which price book that was; 0 = none
 * @param version epoch * 2^40 + node-intervals merged; of two rows with one key the higher version
 *     is the truth
 */
public record CellRow(
    long windowStartMs,
    Cell cell,
    long[] amounts,
    int quality,
    long sourcePeriodMs,
    long nodes,
    String attributionMethod,
    long microusdLive,
    long priceVersion,
    long version) {}
