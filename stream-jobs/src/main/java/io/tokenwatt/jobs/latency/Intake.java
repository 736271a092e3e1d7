package io.tokenwatt.jobs.latency;

import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.proto.RequestEvent;

/**
 * What becomes of an event, by DESIGN.md section 4. Its time is its completion if that is not ahead
 * of Kafka's clock by more than 2 s, else the record time; it is late more than 15 minutes before
 * the record time. An id counts once, ever: it is remembered until any event of its time is late.
 */
public final class Intake {
  /** In the order of columns and counters. */
  public enum Outcome {
    COUNTED,
    DUPLICATE,
    LATE,
    REJECTED;

    public String label() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  private Intake() {}

  /**
   * @param forgetAtMs when the id may be forgotten, as {@link #forgetAtMs} said of the event that
   *     counted; Long.MIN_VALUE = no event of the id is remembered
   */
  public static Outcome outcome(RequestEvent event, long recordMs, long forgetAtMs) {
    if (recordMs <= forgetAtMs) {
      return Outcome.DUPLICATE;
    }
    return event.getCompletedAtMs() < recordMs - TimeModel.LATENESS_MS
        ? Outcome.LATE
        : Outcome.COUNTED;
  }

  /** From the next millisecond on, the same event would be late. */
  public static long forgetAtMs(RequestEvent event, long recordMs) {
    return Math.max(recordMs, event.getCompletedAtMs()) + TimeModel.LATENESS_MS;
  }

  public static boolean clockSkew(RequestEvent event, long recordMs) {
    return event.getCompletedAtMs() > recordMs + TimeModel.CLOCK_AHEAD_MS;
  }

  /** Of a counted event. */
  public static long eventTimeMs(RequestEvent event, long recordMs) {
    return clockSkew(event, recordMs) ? recordMs : event.getCompletedAtMs();
  }
}
