package io.tokenwatt.alerts.outbox;

import io.tokenwatt.alerts.incident.Incident;
import java.time.Instant;
import java.util.List;

/** Forgets everything: for a dry run. */
public final class MemoryJournal implements Journal {
  @Override
  public Stored load() {
    return new Stored(List.of(), List.of());
  }

  @Override
  public void incidents(List<Incident> changed) {}

  @Override
  public void delivery(Delivery delivery, DeliveryState state, Instant at) {}
}
