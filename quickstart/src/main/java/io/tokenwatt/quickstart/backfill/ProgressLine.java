package io.tokenwatt.quickstart.backfill;

import io.tokenwatt.collectors.backfill.Backfill.Progress;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** Percent, place in the history, rate and time left of a run that began at an instant. */
final class ProgressLine {
  private final long startNanos;
  private long firstDoneMs = Long.MIN_VALUE;

  ProgressLine(long startNanos) {
    this.startNanos = startNanos;
  }

  String of(Progress p, long nowNanos) {
    if (firstDoneMs == Long.MIN_VALUE) {
      firstDoneMs = Math.max(p.fromMs(), p.doneMs() - 3_600_000);
    }
    double seconds = Math.max(1e-3, (nowNanos - startNanos) / 1e9);
    double done = Math.max(1, p.doneMs() - firstDoneMs);
    long left = Math.round(seconds * (p.toMs() - p.doneMs()) / done);
    return String.format(
        Locale.ROOT,
        "%3d %%  read to %s  %d nodes  %,d records  %,.0f/s  %s",
        100 * (p.doneMs() - p.fromMs()) / Math.max(1, p.toMs() - p.fromMs()),
        Instant.ofEpochMilli(p.doneMs()),
        p.nodes(),
        p.records(),
        p.records() / seconds,
        left == 0 ? "all read" : "about " + words(Duration.ofSeconds(left)) + " left");
  }

  private static String words(Duration left) {
    return left.toMinutes() > 0 ? left.toMinutes() + " min" : left.toSeconds() + " s";
  }
}
