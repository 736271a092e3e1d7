package io.tokenwatt.alerts.incident;

import java.time.Duration;

/**
 * A rule's patience.
 *
 * @param pending how long it has to be bad before it fires; 0 = at once
 * @param keepFiring how long it has to be good before it is resolved; 0 = at once
 */
public record Timing(Duration pending, Duration keepFiring) {
  public Timing {
    if (pending.isNegative() || keepFiring.isNegative()) {
      throw new IllegalArgumentException("a rule cannot wait for less than no time");
    }
  }
}
