package io.tokenwatt.collectors.exposition;

import static java.util.Objects.requireNonNull;

/**
 * One line of an exporter: a series and its value now.
 *
 * @param name the sample's full name, suffix included ({@code x_total}, {@code x_bucket})
 * @param value as written, bit-identical to {@link Double#parseDouble}; may be NaN or infinite
 * @param timestampMs milliseconds since 1970 UTC, rounded; {@link #NO_TIMESTAMP} where none is
 *     written
 * @param line number of the line in the body, the first is 1
 */
public record Sample(String name, Labels labels, double value, long timestampMs, int line) {

  /** The timestamp of a sample that has none. */
  public static final long NO_TIMESTAMP = Long.MIN_VALUE;

  public Sample {
    requireNonNull(name, "name is null");
    requireNonNull(labels, "labels is null");
  }

  /** A sample without a timestamp. */
  public Sample(String name, Labels labels, double value, int line) {
    this(name, labels, value, NO_TIMESTAMP, line);
  }

  /** True if the exporter wrote a time for this sample. */
  public boolean hasTimestamp() {
    return timestampMs != NO_TIMESTAMP;
  }
}
