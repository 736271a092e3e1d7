package io.tokenwatt.alerts.notify;

import java.time.Duration;

/**
 * What became of an attempt to deliver.
 *
 * @param answer the receiver's, or what went wrong; holds no secret
 * @param after the receiver's wish for how long to wait at least; zero = none
 */
public record Outcome(Kind kind, String answer, Duration after) {
  /** What to do next. */
  public enum Kind {
    SENT,
    /** It may work later. */
    RETRY,
    /** It may work later, and until then the receiver wants to hear of nothing at all. */
    BUSY,
    /** The receiver will never take this message: a person has to look. */
    REFUSED
  }

  static Outcome sent(String answer) {
    return new Outcome(Kind.SENT, answer, Duration.ZERO);
  }

  public static Outcome retry(String why, Duration after) {
    return new Outcome(Kind.RETRY, why, after);
  }

  static Outcome busy(String answer, Duration after) {
    return new Outcome(Kind.BUSY, answer, after);
  }

  static Outcome refused(String why) {
    return new Outcome(Kind.REFUSED, why, Duration.ZERO);
  }
}
