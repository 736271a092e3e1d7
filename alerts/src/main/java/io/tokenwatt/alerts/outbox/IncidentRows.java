package io.tokenwatt.alerts.outbox;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.alerts.Severity;
import io.tokenwatt.alerts.incident.AlertState;
import io.tokenwatt.alerts.incident.Ending;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Phase;
import io.tokenwatt.storage.AlertIncident;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** Incidents as rows of alert_incidents and back. Pure. */
final class IncidentRows {
  /** For {@link #of}; times as ms, since drivers disagree on zones. */
  static final String COLUMNS =
      """
      dedup_key, toInt64(toUnixTimestamp64Milli(started)) AS started_ms, rule, severity, phase,
      mapKeys(labels) AS label_names, mapValues(labels) AS label_texts,
      mapKeys(details) AS detail_names, mapValues(details) AS detail_texts,
      value, bound, summary, receivers,
      ifNull(toInt64(toUnixTimestamp64Milli(fired)), 0) AS fired_ms,
      toInt64(toUnixTimestamp64Milli(last_bad)) AS last_bad_ms,
      toInt64(toUnixTimestamp64Milli(good_since)) AS good_since_ms,
      ifNull(toInt64(toUnixTimestamp64Milli(resolved)), 0) AS resolved_ms, ending""";

  private IncidentRows() {}

  static AlertIncident row(Incident incident, long version) {
    AlertState state = incident.state();
    return new AlertIncident(
        incident.key(),
        state.since().toEpochMilli(),
        incident.rule(),
        incident.severity().label(),
        state.phase().label(),
        incident.labels(),
        incident.details(),
        incident.value(),
        incident.bound(),
        incident.summary(),
        incident.receivers(),
        time(state.firedAt()),
        state.lastBad().toEpochMilli(),
        state.goodSince().toEpochMilli(),
        time(incident.resolvedAt()),
        state.ending().name().toLowerCase(Locale.ROOT),
        version);
  }

  static Incident of(GenericRecord row) {
    AlertState state =
        new AlertState(
            Phase.of(row.getString("phase")),
            at(row, "started_ms"),
            at(row, "last_bad_ms"),
            at(row, "good_since_ms"),
            at(row, "fired_ms"),
            0,
            Ending.valueOf(row.getString("ending").toUpperCase(Locale.ROOT)));
    return new Incident(
        row.getString("dedup_key"),
        row.getString("rule"),
        Severity.valueOf(row.getString("severity").toUpperCase(Locale.ROOT)),
        map(row, "label_names", "label_texts"),
        map(row, "detail_names", "detail_texts"),
        row.getDouble("value"),
        row.getString("bound"),
        row.getString("summary"),
        texts(row, "receivers"),
        state,
        at(row, "resolved_ms"));
  }

  private static OptionalLong time(Instant at) {
    return at.equals(Instant.EPOCH) ? OptionalLong.empty() : OptionalLong.of(at.toEpochMilli());
  }

  private static Instant at(GenericRecord row, String column) {
    return Instant.ofEpochMilli(row.getLong(column));
  }

  private static Map<String, String> map(GenericRecord row, String names, String texts) {
    List<String> keys = texts(row, names);
    List<String> values = texts(row, texts);
    Map<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      map.put(keys.get(i), values.get(i));
    }
    return map;
  }

  private static List<String> texts(GenericRecord row, String column) {
    return List.of(row.getStringArray(column));
  }
}
