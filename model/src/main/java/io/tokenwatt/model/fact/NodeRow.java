package io.tokenwatt.model.fact;

/**
 * One row of {@code node_10s}: one node in one window, written as a whole.
 *
 * @param amounts by {@link io.tokenwatt.model.NodeMeasure#ordinal()}
 * @param sourcePeriodMs longest refresh period of an energy source of the node
 */
public record NodeRow(
    long windowStartMs,
    Place place,
    long[] amounts,
    int quality,
    long sourcePeriodMs,
    long version) {}
