package io.tokenwatt.collectors.clock;

/**
 * Notices that somebody set the wall clock: between two looks it should have gone on by as much as
 * the steady one. A clock that is slewed (NTP: at most 0.5 ms a second) is never taken for a jump
 * where looks are less than half an hour apart. Not thread-safe. Reads no clock.
 */
public final class ClockJump {
  /** Smaller steps cannot be told from a machine that was slow between two readings of a clock. */
  public static final long LEAST_MS = 1000;

  private Moment before;

  /**
   * @return by how many ms the wall clock left the steady one since the last look, forward &gt; 0;
   *     0 = by less than {@link #LEAST_MS}, and at the first look
   */
  public long look(Moment now) {
    long jump = before == null ? 0 : now.offsetMs() - before.offsetMs();
    before = now;
    return Math.abs(jump) < LEAST_MS ? 0 : jump;
  }
}
