package io.tokenwatt.model.fact;

/**
 * One row of {@code engine_10s}: one model of one engine instance in one window, data-parallel
 * ranks summed.
 *
 * @param amounts by {@link io.tokenwatt.model.EngineMeasure#ordinal()}
 */
public record EngineRow(
    long windowStartMs,
    Place place,
    String instance,
    String engine,
    String model,
    String workload,
    String deployment,
    String role,
    long[] amounts,
    int quality,
    long version) {}
