package io.tokenwatt.quickstart.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is told to go on. */
final class SteppedClock implements InstantSource {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-11-21T14:00:03.217Z"));

  @Override
  public Instant instant() {
    return now.get();
  }

  void step(Duration by) {
    now.updateAndGet(instant -> instant.plus(by));
  }
}
