package io.tokenwatt.jobs.meter;

/**
 * When a sample was taken, by DESIGN.md section 4: its own time if that lies in (previous sample,
 * record time + 2 s], else Kafka's record time.
 *
 * @param ms Unix ms, always after the node's previous sample
 * @param clockSkew the node's clock was not believed
 */
public record EventTime(long ms, boolean clockSkew) {

  /**
   * @param ownMs the sample's own time
   * @param recordMs Kafka's record time
   * @param previousMs event time of the node's previous counted sample; Long.MIN_VALUE when there
   *     is none
   */
  public static EventTime of(long ownMs, long recordMs, long previousMs) {
    boolean first = previousMs == Long.MIN_VALUE;
    // Without a predecessor an old sample cannot be told from a slow clock; it is a baseline either
    // way.
    long earliest = first ? recordMs - TimeModel.LATENESS_MS : previousMs;
    if (ownMs > earliest && ownMs <= recordMs + TimeModel.CLOCK_AHEAD_MS) {
      return new EventTime(ownMs, false);
    }
    return new EventTime(first ? recordMs : Math.max(recordMs, previousMs + 1), true);
  }

  /** Too old to be counted; what it would have counted is in the next sample's deltas. */
  public boolean lateAt(long recordMs) {
    return ms < recordMs - TimeModel.LATENESS_MS;
  }
}
