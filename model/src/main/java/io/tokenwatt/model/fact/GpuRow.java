package io.tokenwatt.model.fact;

/**
 * One row of {@code gpu_10s}: one physical board in one window.
 *
 * @param gpu the board's id, "GPU-…" for NVIDIA
 * @param gpuIndex the exporter's index on the node, for people
 * @param workload the owner's workload; several joined by "," when shared
 * @param state of the last interval: busy, loaded_idle, unallocated, unknown
 * @param amounts by {@link io.tokenwatt.model.GpuMeasure#ordinal()}
 */
public record GpuRow(
    long windowStartMs,
    Place place,
    String gpu,
    int gpuIndex,
    String hardware,
    String driver,
    String workload,
    String state,
    long throttleReasons,
    long xidLast,
    long[] amounts,
    int quality,
    long sourcePeriodMs,
    long version) {}
