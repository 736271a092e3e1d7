package io.tokenwatt.alerts;

import java.time.Duration;

/**
 * When a rule looks, at what, and how long it takes to believe what it sees.
 *
 * @param over length of the range [to - over, to) that its SQL looks at; whole windows of 10 s
 * @param settle how long before now that range ends; windows younger than this are still filling
 * @param pending how long it has to be found without a break before it fires; 0 = at once
 * @param keepFiring how long it has to be gone before it is resolved; 0 = at once
 * @param every how often it is evaluated
 */
public record Timing(
    Duration over, Duration settle, Duration pending, Duration keepFiring, Duration every) {
  /**
   * Rows are written a few seconds after their window's end, and a half-filled window looks like a
   * fault.
   */
  public static final Duration SETTLE = Duration.ofSeconds(30);

  public static final Duration EVERY = Duration.ofMinutes(1);

  /** Once a minute over so long, believed at once. */
  public static Timing over(Duration over) {
    return new Timing(over, SETTLE, Duration.ZERO, Duration.ZERO, EVERY);
  }
}
