package io.tokenwatt.alerts.outbox;

import io.tokenwatt.alerts.incident.Incident;
import java.time.Instant;
import java.util.List;

/**
 * Where incidents and deliveries are kept. Both writes return when what they wrote survives a
 * crash; they throw {@link io.tokenwatt.storage.StoreException} if that is not known.
 */
public interface Journal {
  /** What is open, and what is still to be delivered. */
  record Stored(List<Incident> open, List<Delivery> due) {}

  Stored load();

  /**
   * @throws IllegalStateException if this process may not write any more
   */
  void incidents(List<Incident> changed);

  void delivery(Delivery delivery, DeliveryState state, Instant at);
}
