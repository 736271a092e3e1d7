package io.tokenwatt.alerts.outbox;

import io.tokenwatt.alerts.Severity;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Phase;
import io.tokenwatt.alerts.incident.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What is open and what is to be delivered, in memory, always behind the journal: nothing is seen
 * here, and so nothing is sent, before the journal has it. Per receiver and dedup key deliveries
 * keep their order, for a trigger after its resolve would open a new incident. Thread-safe.
 */
public final class Ledger {
  /** How old a row may be that says nothing new but when it was last bad. */
  private static final Duration REFRESH = Duration.ofMinutes(1);

  private final Journal journal;
  private final Consumer<String> wake;
  private final Map<String, Incident> open = new LinkedHashMap<>();
  private final Map<String, Instant> written = new HashMap<>();
  private final List<Delivery> due = new ArrayList<>();
  private final Set<String> refused = new HashSet<>();

  /**
   * @param wake told a receiver's name when something is due for it; returns at once
   */
  public Ledger(Journal journal, Consumer<String> wake) {
    this.journal = journal;
    this.wake = wake;
    Journal.Stored stored = journal.load();
    due.addAll(stored.due());
    stored.open().stream()
        .sorted(Comparator.comparing(Incident::started))
        .forEach(this::takeStored);
    due.sort(
        Comparator.comparing((Delivery d) -> d.incident().started())
            .thenComparing(Delivery::transition));
  }

  /**
   * Two processes that did not know of each other may have left two incidents of a key: one stays.
   */
  private void takeStored(Incident incident) {
    if (open.putIfAbsent(incident.key(), incident) != null) {
      journal.incidents(List.of(incident.superseded()));
      String id = incident.notification(Transition.TRIGGER);
      due.removeIf(delivery -> delivery.incident().notification(Transition.TRIGGER).equals(id));
    }
  }

  public synchronized List<Incident> open() {
    return List.copyOf(open.values());
  }

  public synchronized List<Incident> open(String rule) {
    return open.values().stream().filter(incident -> incident.rule().equals(rule)).toList();
  }

  /**
   * Takes incidents as they are now.
   *
   * @throws io.tokenwatt.storage.StoreException if they could not be kept; then nothing has changed
   */
  public void commit(Collection<Incident> changed, Instant at) {
    synchronized (this) {
      List<Incident> worth = changed.stream().filter(i -> worthWriting(i, at)).toList();
      if (!worth.isEmpty()) {
        journal.incidents(worth);
      }
      worth.forEach(incident -> written.put(incident.key(), at));
      changed.forEach(this::take);
    }
  }

  private boolean worthWriting(Incident incident, Instant at) {
    Incident before = open.get(incident.key());
    Phase phase = incident.state().phase();
    return before == null
        || before.state().phase() != phase
        || !before.started().equals(incident.started())
        || Duration.between(written.getOrDefault(incident.key(), Instant.EPOCH), at)
                .compareTo(REFRESH)
            >= 0;
  }

  private void take(Incident incident) {
    Incident before = open.get(incident.key());
    boolean toldBefore = before != null && before.state().fired();
    if (incident.state().phase().open()) {
      open.put(incident.key(), incident);
    } else {
      open.remove(incident.key());
      written.remove(incident.key());
    }
    if (incident.state().fired() && !toldBefore) {
      enqueue(incident, Transition.TRIGGER);
    }
    if (incident.state().phase() == Phase.RESOLVED) {
      enqueue(incident, Transition.RESOLVE);
    }
  }

  private void enqueue(Incident incident, Transition transition) {
    for (String receiver : incident.receivers()) {
      due.add(Delivery.due(incident, transition, receiver));
      wake.accept(receiver);
    }
  }

  /** What the receiver has to be told next: pages first, then the oldest; of a key in order. */
  public synchronized Optional<Delivery> next(String receiver, Instant now) {
    return heads(receiver).stream()
        .filter(delivery -> !delivery.notBefore().isAfter(now))
        .min(
            Comparator.comparing((Delivery d) -> d.incident().severity() != Severity.PAGE)
                .thenComparing(Delivery::since));
  }

  /** When the receiver's next delivery may be attempted; empty if there is none. */
  public synchronized Optional<Instant> nextAt(String receiver) {
    return heads(receiver).stream().map(Delivery::notBefore).min(Comparator.naturalOrder());
  }

  private Collection<Delivery> heads(String receiver) {
    Map<String, Delivery> heads = new LinkedHashMap<>();
    for (Delivery delivery : due) {
      if (delivery.receiver().equals(receiver)) {
        heads.putIfAbsent(delivery.incident().key(), delivery);
      }
    }
    return heads.values();
  }

  /** Everything that is still to be delivered. */
  public synchronized List<Delivery> due() {
    return List.copyOf(due);
  }

  /** What fires and this receiver was told so, and not yet of its end. */
  public synchronized List<Incident> firing(String receiver) {
    return open.values().stream()
        .filter(incident -> incident.state().fired() && incident.receivers().contains(receiver))
        .filter(incident -> due.stream().noneMatch(d -> isFor(d, incident.key(), receiver)))
        .toList();
  }

  private static boolean isFor(Delivery delivery, String key, String receiver) {
    return delivery.receiver().equals(receiver) && delivery.incident().key().equals(key);
  }

  /**
   * Records an attempt's end. If the trigger is refused, its resolve is dropped: nobody knows of
   * it.
   *
   * @param delivery of {@link #next}
   * @param after the same with what it is now; kept in the queue if {@code state} is waiting
   */
  public void settle(Delivery delivery, Delivery after, DeliveryState state, Instant at) {
    journal.delivery(after, state, at);
    synchronized (this) {
      int place = due.indexOf(delivery);
      if (state == DeliveryState.WAITING) {
        due.set(place, after);
        return;
      }
      due.remove(place);
      if (state == DeliveryState.REFUSED) {
        refused.add(incidentAt(delivery));
      } else if (delivery.transition() == Transition.RESOLVE) {
        refused.remove(incidentAt(delivery));
      }
    }
  }

  /**
   * Whether this is the end of something that the receiver refused, since the start, to hear of.
   */
  public synchronized boolean unheardOf(Delivery resolve) {
    return resolve.transition() == Transition.RESOLVE && refused.contains(incidentAt(resolve));
  }

  private static String incidentAt(Delivery delivery) {
    return delivery.receiver() + " " + delivery.incident().notification(Transition.TRIGGER);
  }
}
