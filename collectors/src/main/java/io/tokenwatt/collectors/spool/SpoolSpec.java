package io.tokenwatt.collectors.spool;

import java.nio.file.Path;
import java.time.Duration;

/**
 * Where records wait on disk.
 *
 * @param dir of this agent alone
 * @param maxBytes all files of records together; the oldest records are dropped first
 * @param maxAge older records are dropped; the jobs would take them as late
 * @param catchUp at most so many records are sent for each one that is scraped
 */
public record SpoolSpec(Path dir, long maxBytes, Duration maxAge, int catchUp) {
  public static final long DEFAULT_MAX_BYTES = 256L << 20;

  /** Room for the largest record that the jobs read, and more. */
  public static final long LEAST_MAX_BYTES = 32L << 20;

  /** L of the time model. */
  public static final Duration DEFAULT_MAX_AGE = Duration.ofMinutes(15);

  public static final int DEFAULT_CATCH_UP = 10;

  private static final long LEAST_SEGMENT = 64 << 10;
  private static final long MOST_SEGMENT = 8 << 20;

  public static SpoolSpec in(Path dir) {
    return new SpoolSpec(dir, DEFAULT_MAX_BYTES, DEFAULT_MAX_AGE, DEFAULT_CATCH_UP);
  }

  /** A file of records is not made longer than this: the grain in which old ones are dropped. */
  long segmentBytes() {
    return Math.max(LEAST_SEGMENT, Math.min(MOST_SEGMENT, maxBytes / 16));
  }
}
