package io.tokenwatt.alerts.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.alerts.Incidents;
import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.Sample;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Judge;
import io.tokenwatt.alerts.incident.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Random evaluations, crashes and attempts: each notification once or more, in order, none lost.
 */
class LedgerPropertyTest {
  private static final List<String> RECEIVERS = List.of("pd", "slack");
  private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);

  /** Keeps what was written and says so after a crash; a write may fail. */
  private static final class Disk implements Journal {
    final Map<String, Incident> incidents = new HashMap<>();
    final Map<String, DeliveryState> deliveries = new HashMap<>();

    @Override
    public Stored load() {
      List<Incident> open =
          incidents.values().stream().filter(i -> i.state().phase().open()).toList();
      List<Delivery> due = new ArrayList<>();
      for (Incident incident : incidents.values()) {
        for (Transition transition : Transition.values()) {
          boolean happened =
              transition == Transition.TRIGGER
                  ? incident.state().fired()
                  : incident.state().fired() && !incident.state().phase().open();
          for (String receiver : happened ? incident.receivers() : List.<String>of()) {
            DeliveryState state = deliveries.get(incident.notification(transition) + receiver);
            if (state == null || state == DeliveryState.WAITING) {
              due.add(Delivery.due(incident, transition, receiver));
            }
          }
        }
      }
      return new Stored(open, due);
    }

    @Override
    public void incidents(List<Incident> changed) {
      changed.forEach(i -> incidents.put(i.key() + i.started(), i));
    }

    @Override
    public void delivery(Delivery delivery, DeliveryState state, Instant at) {
      deliveries.put(delivery.notification() + delivery.receiver(), state);
    }
  }

  @Test
  void everyNotificationArrivesInOrderWhateverCrashes() {
    System.out.println("LedgerPropertyTest seed " + seed);
    for (int life = 0; life < 300; life++) {
      live();
    }
  }

  private void live() {
    Disk disk = new Disk();
    Ledger ledger = new Ledger(disk, receiver -> {});
    Rule rule = Incidents.rule("r", Duration.ofSeconds(random.nextInt(3) * 10L));
    Map<String, List<String>> received = new HashMap<>();
    Instant at = START;
    for (int step = 0; step < 60; step++) {
      at = at.plusSeconds(10);
      List<Sample> rows = new ArrayList<>();
      for (String region : List.of("eu", "us")) {
        if (random.nextInt(5) > 0) {
          rows.add(new Sample(rule, Map.of("region", region), Map.of(), random.nextInt(3) - 0.5));
        }
      }
      ledger.commit(Judge.judge(rule, rows, ledger.open("r"), RECEIVERS, at), at);
      if (random.nextInt(3) == 0) {
        ledger = new Ledger(disk, receiver -> {});
      }
      for (String receiver : RECEIVERS) {
        ledger = attempt(ledger, disk, receiver, at, received);
      }
    }
    Ledger last = new Ledger(disk, receiver -> {});
    for (String receiver : RECEIVERS) {
      while (last.next(receiver, at).isPresent()) {
        Delivery delivery = last.next(receiver, at).orElseThrow();
        take(received, delivery);
        last.settle(delivery, delivery, DeliveryState.SENT, at);
      }
    }
    check(disk, received);
  }

  private Ledger attempt(
      Ledger ledger, Disk disk, String receiver, Instant at, Map<String, List<String>> received) {
    Delivery next = ledger.next(receiver, at).orElse(null);
    if (next == null) {
      return ledger;
    }
    switch (random.nextInt(4)) {
      case 0 ->
          ledger.settle(next, next.again(at.plusSeconds(15), "503"), DeliveryState.WAITING, at);
      case 1 -> {
        // Sent, and dead before that was recorded.
        take(received, next);
        return new Ledger(disk, r -> {});
      }
      default -> {
        take(received, next);
        ledger.settle(next, next, DeliveryState.SENT, at);
      }
    }
    return ledger;
  }

  private static void take(Map<String, List<String>> received, Delivery delivery) {
    String place = delivery.receiver() + " " + delivery.incident().key();
    List<String> ids = received.computeIfAbsent(place, p -> new ArrayList<>());
    // A repeat of the last one is what deduplication is for; anything else must be new.
    if (ids.isEmpty() || !ids.get(ids.size() - 1).equals(delivery.notification())) {
      ids.add(delivery.notification());
    }
  }

  private void check(Disk disk, Map<String, List<String>> received) {
    for (Map.Entry<String, List<String>> each : received.entrySet()) {
      String key = each.getKey().split(" ")[1];
      List<String> due = new ArrayList<>();
      disk.incidents.values().stream()
          .filter(i -> i.key().equals(key) && i.state().fired())
          .sorted((a, b) -> a.started().compareTo(b.started()))
          .forEach(
              i -> {
                due.add(i.notification(Transition.TRIGGER));
                if (!i.state().phase().open()) {
                  due.add(i.notification(Transition.RESOLVE));
                }
              });
      assertThat(each.getValue()).as("seed %s, %s", seed, each.getKey()).isEqualTo(due);
    }
    long told = disk.incidents.values().stream().filter(i -> i.state().fired()).count();
    assertThat(received.isEmpty()).isEqualTo(told == 0);
  }
}
