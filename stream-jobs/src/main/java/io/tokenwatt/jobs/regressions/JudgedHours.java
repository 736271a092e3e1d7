package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.regression.Outcome;
import io.tokenwatt.model.fact.JudgedRow;
import java.util.Arrays;
import java.util.function.Consumer;

/** Counts what became of windows, by hour; rows at most once a minute. */
final class JudgedHours {
  private static final long TELL_MS = 60_000;

  private final JudgedHour hour;
  private final String key;
  private final int epoch;

  /**
   * @param hour changed in place
   */
  JudgedHours(JudgedHour hour, String key, int epoch) {
    this.hour = hour;
    this.key = key;
    this.epoch = epoch;
  }

  /**
   * @param outcomes measures of one window by outcome
   */
  void add(long windowStartMs, long[] outcomes, Consumer<JudgedRow> out) {
    long now = Math.floorDiv(windowStartMs, JudgedHour.HOUR_MS) * JudgedHour.HOUR_MS;
    if (now > hour.hourMs) {
      tell(out);
      hour.hourMs = now;
      hour.counts = new long[Outcome.values().length];
      hour.toldMs = windowStartMs;
    }
    hour.counts = Arrays.copyOf(hour.counts, outcomes.length);
    for (int i = 0; i < outcomes.length; i++) {
      hour.counts[i] += outcomes[i];
    }
    if (windowStartMs >= hour.toldMs + TELL_MS) {
      tell(out);
      hour.toldMs = windowStartMs;
    }
  }

  private void tell(Consumer<JudgedRow> out) {
    int cut = key.indexOf('\u001f');
    for (Outcome outcome : Outcome.values()) {
      long count = outcome.ordinal() < hour.counts.length ? hour.counts[outcome.ordinal()] : 0;
      if (count > 0) {
        out.accept(
            new JudgedRow(
                hour.hourMs,
                key.substring(0, cut),
                key.substring(cut + 1),
                outcome.label(),
                count,
                ((long) epoch << 40) + count));
      }
    }
  }
}
