package io.tokenwatt.alerts.run;

import java.time.Clock;
import java.time.Instant;

/** What the parts of a run share. Thread-safe. */
record Scene(
    Clock clock, Messages messages, RunMetrics metrics, RunHealth health, Refusals refusals) {
  Instant now() {
    return clock.instant();
  }
}
