package io.tokenwatt.model.fact;

import io.tokenwatt.model.Cell;

/**
 * One row of {@code request_10s}: requests that ended in the window, by the cell that served them
 * and by who asked. Dimensions are "" where unknown.
 *
 * @param cell who served; its hardware and place are "" where {@code served_by} was not resolved
 * @param tenant keyed hash, or plain where the agent was told so
 * @param amounts by {@link io.tokenwatt.model.RequestMeasure#ordinal()}
 * @param sketches by {@link io.tokenwatt.model.RequestSketch#ordinal()}
 * @param sloVersion highest version of the SLOs that requests_good was judged by; 0 = none
 * @param version epoch * 2^40 + events merged; of two rows with one key the higher version is the
 *     truth
 */
public record RequestRow(
    long windowStartMs,
    Cell cell,
    String serviceClass,
    String tenant,
    String clientRegion,
    String adapter,
    long[] amounts,
    SketchColumns[] sketches,
    long sloVersion,
    long version) {}
