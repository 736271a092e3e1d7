package io.tokenwatt.jobs.regressions.command;

import com.clickhouse.client.api.query.GenericRecord;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One regression for people or for programs.
 *
 * @param values by column, in the order of the text; null = unknown
 * @param queries what to run next, by what it shows
 */
record Shown(Map<String, Object> values, Map<String, String> queries) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TEXTS =
      List.of(
          "region", "cluster", "hardware", "model", "precision", "role", "workload", "deployment");

  static Shown of(GenericRecord row, String database) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("regression", row.getString("regression"));
    String reason = row.getString("close_reason");
    values.put("state", reason.isEmpty() ? "open" : reason);
    values.put("started", row.getString("started_text"));
    values.put("detected", row.getString("opened_text"));
    values.put("judged_to", row.getString("judged_text"));
    values.put("closed", text(row.getString("closed_text")));
    values.put("note", text(row.getString("note")));
    TEXTS.forEach(name -> values.put(name, row.getString(name)));
    values.put("measure", row.getString("measure"));
    for (String name : List.of("expected", "observed", "size", "size_low", "size_high", "sigma")) {
      values.put(name, row.getDouble(name));
    }
    values.put("details", row.getList("details"));
    for (String name : List.of("usd_per_day", "kwh_per_day", "gpu_hours_per_day")) {
      values.put(name, row.hasValue(name) ? row.getDouble(name) : null);
    }
    values.put("cause", row.getString("cause"));
    for (String name : List.of("suspects", "nodes", "gpus")) {
      values.put(name, row.getList(name));
    }
    values.put("quality", row.getLong("quality"));
    return new Shown(values, Queries.of(values, database));
  }

  private static String text(String value) {
    return value.isEmpty() ? null : value;
  }

  String json() {
    Map<String, Object> all = new LinkedHashMap<>(values);
    all.put("queries", queries);
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(all) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of numbers and strings can be written", e);
    }
  }

  String text() {
    StringBuilder text = new StringBuilder();
    values.forEach(
        (name, value) -> {
          if (value instanceof List<?> list) {
            line(text, name, list.isEmpty() ? "–" : "");
            list.forEach(each -> text.append("    ").append(printable(each)).append('\n'));
          } else {
            line(text, name, printed(name, value));
          }
        });
    text.append("\nLook further, in ClickHouse:\n");
    queries.forEach(
        (what, sql) -> text.append("\n-- ").append(what).append('\n').append(sql).append(";\n"));
    return text.toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-18s %s".formatted(name, value).stripTrailing()).append('\n');
  }

  private static String printed(String name, Object value) {
    if (value == null) {
      return "–";
    }
    if (value instanceof Double number) {
      return name.startsWith("size")
          ? String.format(Locale.ROOT, "%+.1f %%", number * 100)
          : String.format(Locale.ROOT, "%.6g", number);
    }
    return printable(value);
  }

  /** Names come from exporters: nothing of them may steer a terminal. */
  private static String printable(Object value) {
    List<String> shown = new ArrayList<>();
    value
        .toString()
        .codePoints()
        .forEach(c -> shown.add(Character.isISOControl(c) ? "?" : Character.toString(c)));
    return shown.isEmpty() ? "–" : String.join("", shown);
  }
}
