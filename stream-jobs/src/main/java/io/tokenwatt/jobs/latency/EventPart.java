package io.tokenwatt.jobs.latency;

import io.tokenwatt.model.Cell;

/**
 * What one event adds to one row of {@code request_10s}.
 *
 * @param amounts by {@link io.tokenwatt.model.RequestMeasure#ordinal()}
 * @param buckets by {@link io.tokenwatt.model.RequestSketch#ordinal()}; -1 = no observation
 * @param sloVersion highest version of the SLOs it was judged by; 0 = none
 */
public record EventPart(
    long windowStartMs,
    Cell cell,
    String serviceClass,
    String tenant,
    String clientRegion,
    String adapter,
    long[] amounts,
    int[] buckets,
    long sloVersion) {

  /** Parts of one key add up to rows of one key, window by window. */
  public String key() {
    return String.join(
        "\u001f", Long.toHexString(cell.id()), serviceClass, tenant, clientRegion, adapter);
  }
}
