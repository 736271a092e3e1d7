package io.tokenwatt.alerts.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwatt.alerts.Incidents;
import io.tokenwatt.alerts.RunDatabase;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Phase;
import io.tokenwatt.alerts.incident.Transition;
import io.tokenwatt.storage.Store;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What another process finds. */
class StoredJournalTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");

  private Store store;

  @BeforeEach
  void open() {
    store = new Store(RunDatabase.fresh());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void anIncidentComesBackAsItWasWithEveryText() {
    Incident incident = Incidents.firing("rule-ä", "eu \"1\"\n\\", 3.25, NOW, "pd", "slack");
    new StoredJournal(store, 1, () -> true).incidents(List.of(incident));
    Journal.Stored stored = new StoredJournal(store, 2, () -> true).load();
    assertThat(stored.open()).containsExactly(incident);
    assertThat(stored.due()).hasSize(2).allMatch(d -> d.transition() == Transition.TRIGGER);
    assertThat(stored.due())
        .extracting(Delivery::receiver)
        .containsExactlyInAnyOrder("pd", "slack");
    assertThat(stored.due()).extracting(Delivery::since).containsOnly(NOW);
  }

  @Test
  void whatWasSentIsNotDueAnyMoreAndWhatWaitsKeepsItsAttempts() {
    StoredJournal journal = new StoredJournal(store, 1, () -> true);
    Incident incident = Incidents.firing("rule", "eu", 1, NOW, "pd", "slack");
    journal.incidents(List.of(incident));
    Delivery sent = Delivery.due(incident, Transition.TRIGGER, "pd");
    Delivery waits = Delivery.due(incident, Transition.TRIGGER, "slack").again(NOW, "503 busy");
    journal.delivery(sent, DeliveryState.SENT, NOW);
    journal.delivery(waits, DeliveryState.WAITING, NOW);
    List<Delivery> due = new StoredJournal(store, 2, () -> true).load().due();
    assertThat(due).extracting(Delivery::receiver).containsExactly("slack");
    assertThat(due.get(0).attempts()).isEqualTo(1);
    assertThat(due.get(0).answer()).isEqualTo("503 busy");
  }

  @Test
  void theEndIsDueOfWhatIsNoLongerOpenAndNothingOfWhatNeverFired() {
    StoredJournal journal = new StoredJournal(store, 1, () -> true);
    Incident over = Incidents.firing("rule", "eu", 1, NOW, "pd").ruleRemoved(NOW.plusSeconds(9));
    Incident pending = Incidents.pending("rule", "us", 1, NOW, "pd").ruleRemoved(NOW);
    journal.incidents(List.of(over, pending));
    Journal.Stored stored = new StoredJournal(store, 2, () -> true).load();
    assertThat(stored.open()).isEmpty();
    assertThat(stored.due())
        .extracting(Delivery::notification)
        .containsExactlyInAnyOrder(
            over.notification(Transition.TRIGGER), over.notification(Transition.RESOLVE));
  }

  @Test
  void whoLostTheLeaseCannotOverwriteWhatItsSuccessorWrote() {
    Incident firing = Incidents.firing("rule", "eu", 1, NOW, "pd");
    StoredJournal asleep = new StoredJournal(store, 1, () -> true);
    asleep.incidents(List.of(firing));
    new StoredJournal(store, 2, () -> true).incidents(List.of(firing.ruleRemoved(NOW)));
    for (int i = 0; i < 100; i++) {
      asleep.incidents(List.of(firing));
    }
    assertThat(new StoredJournal(store, 3, () -> true).load().open()).isEmpty();
    assertThat(firing.state().phase()).isEqualTo(Phase.FIRING);
  }

  @Test
  void whoKnowsThatTheLeaseIsLostWritesNothing() {
    StoredJournal late = new StoredJournal(store, 1, () -> false);
    Incident firing = Incidents.firing("rule", "eu", 1, NOW, "pd");
    assertThatThrownBy(() -> late.incidents(List.of(firing))).hasMessageContaining("lease");
    assertThat(new StoredJournal(store, 2, () -> true).load().open()).isEmpty();
  }

  @Test
  void ofTwoIncidentsOfOneKeyTheFirstStaysAndIsToldOnce() {
    StoredJournal journal = new StoredJournal(store, 1, () -> true);
    Incident first = Incidents.firing("rule", "eu", 1, NOW, "pd");
    journal.incidents(List.of(Incidents.firing("rule", "eu", 1, NOW.plusSeconds(2), "pd"), first));
    Ledger ledger = new Ledger(new StoredJournal(store, 2, () -> true), receiver -> {});
    assertThat(ledger.open()).containsExactly(first);
    assertThat(ledger.due()).hasSize(1).allMatch(due -> due.incident().equals(first));
    assertThat(new StoredJournal(store, 3, () -> true).load().open()).containsExactly(first);
    assertThat(new StoredJournal(store, 3, () -> true).load().due()).hasSize(1);
  }
}
