package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.outbox.Delivery;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The last trigger that each receiver refused for good, since the start. Thread-safe. */
final class Refusals {
  private final Map<String, Delivery> last = new ConcurrentHashMap<>();

  void refused(String receiver, Delivery delivery) {
    last.put(receiver, delivery);
  }

  Map<String, Delivery> last() {
    return Map.copyOf(last);
  }
}
