package io.tokenwatt.alerts.outbox;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Transition;
import io.tokenwatt.storage.AlertDelivery;
import io.tokenwatt.storage.AlertWriter;
import io.tokenwatt.storage.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Keeps them in ClickHouse, so that any host can go on. Every row carries the generation of the
 * lease under which it was written as the upper half of its version: a process that lost the lease
 * and does not know it yet cannot overwrite what its successor wrote. Thread-safe.
 */
public final class StoredJournal implements Journal {
  private final Store store;
  private final AlertWriter writer;
  private final AtomicLong version;
  private final BooleanSupplier held;

  /**
   * @param generation of the lease, at least 1
   * @param held whether the lease is still this process's; asked before each write, for an incident
   *     that its successor knows nothing of would be told whenever somebody reads it
   * @throws io.tokenwatt.storage.StoreException if the tables are not those of this version
   */
  public StoredJournal(Store store, long generation, BooleanSupplier held) {
    this.store = store;
    this.held = held;
    writer = new AlertWriter(store);
    version = new AtomicLong(generation << 32);
  }

  @Override
  public Stored load() {
    String database = store.config().database();
    String from = " FROM " + database + ".alert_incidents FINAL ";
    String open = " WHERE phase IN ('pending', 'firing', 'keep_firing')";
    return new Stored(incidents(from + open), due(database, from));
  }

  private List<Incident> incidents(String fromWhere) {
    return store.rows("SELECT " + IncidentRows.COLUMNS + fromWhere).stream()
        .map(IncidentRows::of)
        .toList();
  }

  private List<Delivery> due(String database, String from) {
    String outbox = database + ".alert_outbox";
    String where = " WHERE (dedup_key, started) IN (SELECT dedup_key, started FROM " + outbox + ")";
    List<Incident> incidents = incidents(from + where);
    List<Delivery> due = new ArrayList<>();
    for (GenericRecord row :
        store.rows(
            "SELECT dedup_key, toInt64(toUnixTimestamp64Milli(started)) AS started_ms, transition,"
                + " receiver, attempts, answer FROM "
                + outbox)) {
      incidents.stream()
          .filter(incident -> incident.key().equals(row.getString("dedup_key")))
          .filter(incident -> incident.started().toEpochMilli() == row.getLong("started_ms"))
          .forEach(incident -> due.add(delivery(row, incident)));
    }
    return due;
  }

  private static Delivery delivery(GenericRecord row, Incident incident) {
    Transition transition =
        Transition.valueOf(row.getString("transition").toUpperCase(Locale.ROOT));
    Delivery fresh = Delivery.due(incident, transition, row.getString("receiver"));
    // Attempted at once, whatever the pause was: a restart is rare, and a page is late already.
    return new Delivery(
        fresh.incident(),
        transition,
        fresh.receiver(),
        fresh.since(),
        row.getLong("attempts"),
        Instant.EPOCH,
        row.getString("answer"));
  }

  @Override
  public void incidents(List<Incident> changed) {
    if (!held.getAsBoolean()) {
      throw new IllegalStateException("the lease may be another process's by now");
    }
    writer.writeIncidents(
        changed.stream()
            .map(incident -> IncidentRows.row(incident, version.incrementAndGet()))
            .toList());
  }

  @Override
  public void delivery(Delivery delivery, DeliveryState state, Instant at) {
    writer.writeDeliveries(
        List.of(
            new AlertDelivery(
                delivery.notification(),
                delivery.receiver(),
                delivery.incident().key(),
                delivery.incident().started().toEpochMilli(),
                delivery.transition().label(),
                state.label(),
                delivery.attempts(),
                at.toEpochMilli(),
                delivery.answer(),
                version.incrementAndGet())));
  }
}
