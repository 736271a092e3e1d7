package io.tokenwatt.model.fact;

/**
 * A latency sketch as it is stored: buckets that hold something, ascending.
 *
 * @param index of the bucket; the formula is in V7__requests.sql
 * @param count observations in it, positive; as long as {@code index}
 */
public record SketchColumns(int[] index, long[] count) {}
