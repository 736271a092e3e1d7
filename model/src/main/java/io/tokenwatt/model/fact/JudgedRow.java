package io.tokenwatt.model.fact;

/**
 * One row of {@code judged_windows}: what became of the windows of one workload in one region in
 * one hour.
 *
 * @param hourMs start of the UTC hour that the windows begin in
 * @param outcome judged, warm_up, low_coverage …
 * @param measures of windows: each window counts once for each measure that its series may have
 */
public record JudgedRow(
    long hourMs, String region, String workload, String outcome, long measures, long version) {}
