package io.tokenwatt.collectors.clock;

/**
 * How far this machine's wall clock is from the broker's, which stage 1 believes. A record's append
 * time lies between its sending and its acknowledgement, so the difference lies within an interval,
 * as in NTP (RFC 5905, section 8); it is told as off only where all of that interval is out of
 * bounds. A slow broker or a long retry makes the interval wide, never the clock wrong.
 * Thread-safe. Reads no clock.
 */
public final class BrokerSkew {
  /** Stage 1 believes a sample that is ahead of its record by as much. */
  public static final long BOUND_MS = 2000;

  private volatile long skewMs;

  /**
   * @param sentMs wall clock here before the record was sent
   * @param appendedMs the broker's, in the record; of a topic with CreateTime it is {@code sentMs},
   *     which tells nothing
   * @param ackedMs wall clock here when the acknowledgement came
   * @return {@link #skewMs()} with this record considered
   */
  public long learn(long sentMs, long appendedMs, long ackedMs) {
    if (sentMs - appendedMs > BOUND_MS) {
      skewMs = sentMs - appendedMs;
    } else if (ackedMs - appendedMs < -BOUND_MS) {
      skewMs = ackedMs - appendedMs;
    } else {
      skewMs = 0;
    }
    return skewMs;
  }

  /** At least so many ms is this clock ahead of the broker's (behind: negative); 0 = in bounds. */
  public long skewMs() {
    return skewMs;
  }
}
