package io.tokenwatt.storage.report;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Runs a report's queries against a store. Not thread-safe. */
final class Asking {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final String OBSERVED =
      "SELECT toString(min(first)) AS first, toString(max(last)) AS last, count() AS hours,"
          + " sum(read_ms) / nullIf(sum(expected_ms), 0) AS coverage"
          + " FROM observed_hours(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')})";

  private final Store store;

  /**
   * @param store must outlive this
   */
  Asking(Store store) {
    this.store = store;
  }

  /**
   * @param settings values of parameters that are not the standard ones
   * @throws io.tokenwatt.storage.StoreException if the store refuses or does not answer
   */
  Answer ask(Report report, Span span, Map<String, String> settings) {
    Map<String, Object> values = new HashMap<>(report.defaults());
    values.putAll(settings);
    values.put("since", SECONDS.format(span.since()));
    values.put("until", SECONDS.format(span.until()));
    List<Map<String, Object>> rows =
        store.rows(report.sql(), values).stream().map(row -> row(report, row)).toList();
    Answer.Observed observed = observed(values);
    List<String> notes = new ArrayList<>();
    notes.add(spanNote(span, observed));
    for (String query : report.noteQueries()) {
      store.rows(query, values).stream()
          .map(row -> row.getString("note"))
          .filter(note -> note != null && !note.isEmpty())
          .forEach(notes::add);
    }
    notes.addAll(unknowns(report, rows));
    notes.addAll(report.remarks());
    return new Answer(report, span, observed, rows, notes);
  }

  private Answer.Observed observed(Map<String, Object> values) {
    GenericRecord row = store.rows(OBSERVED, values).get(0);
    long hours = row.getLong("hours");
    if (hours == 0) {
      return null;
    }
    Double coverage = row.hasValue("coverage") ? Double.valueOf(row.getDouble("coverage")) : null;
    return new Answer.Observed(row.getString("first"), row.getString("last"), hours, coverage);
  }

  private static String spanNote(Span span, Answer.Observed observed) {
    String asked =
        "Asked: %s to %s UTC, %,d h. "
            .formatted(SECONDS.format(span.since()), SECONDS.format(span.until()), span.hours());
    if (observed == null) {
      return asked + "The store holds no measurement of it.";
    }
    String read =
        observed.boardCoverage() == null
            ? ""
            : String.format(
                Locale.ROOT,
                ", and boards were read for %.1f %% of the time they should have been",
                Math.floor(observed.boardCoverage() * 1000) / 10);
    return asked
        + "Observed: %s to %s; %,d of %,d h have data%s. Nothing is extrapolated."
            .formatted(observed.first(), observed.last(), observed.hours(), span.hours(), read);
  }

  private static Map<String, Object> row(Report report, GenericRecord row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (ReportColumn column : report.columns()) {
      values.put(column.name(), value(column, row));
    }
    for (ReportColumn column : report.columns()) {
      if (!column.reason().isEmpty()) {
        values.putIfAbsent(column.reason(), row.getString(column.reason()));
      }
    }
    return values;
  }

  private static Object value(ReportColumn column, GenericRecord row) {
    if (!row.hasValue(column.name())) {
      return null;
    }
    return switch (column.unit()) {
      case TEXT -> row.getString(column.name());
      case YES_NO -> row.getBoolean(column.name());
      default -> number(row.getObject(column.name()));
    };
  }

  private static BigDecimal number(Object value) {
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? BigDecimal.valueOf(number) : null;
    }
    return new BigDecimal(value.toString());
  }

  /** One note per reason: what the dash means, in which columns, and how often. */
  private static List<String> unknowns(Report report, List<Map<String, Object>> rows) {
    Map<String, List<String>> columnsOf = new LinkedHashMap<>();
    for (ReportColumn column : report.columns()) {
      Map<String, Integer> reasons = new TreeMap<>();
      for (Map<String, Object> row : rows) {
        if (row.get(column.name()) == null && !column.reason().isEmpty()) {
          reasons.merge(String.valueOf(row.get(column.reason())), 1, Integer::sum);
        }
      }
      reasons.forEach(
          (word, count) ->
              columnsOf
                  .computeIfAbsent(
                      meaning(report, word, count, rows.size()), m -> new ArrayList<>())
                  .add("“" + column.title() + "”"));
    }
    return columnsOf.entrySet().stream()
        .map(e -> "– in " + String.join(", ", e.getValue()) + ": " + e.getKey())
        .toList();
  }

  private static String meaning(Report report, String word, int count, int rows) {
    return "%s (%s, %,d of %,d rows)."
        .formatted(
            report.reasons().getOrDefault(word, "not known"),
            word.isEmpty() ? "no reason given" : word,
            count,
            rows);
  }
}
