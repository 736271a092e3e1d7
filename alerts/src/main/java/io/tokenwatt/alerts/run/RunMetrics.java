package io.tokenwatt.alerts.run;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * Counters and gauges as Prometheus text 0.0.4. evaluations = succeeded + failed + skipped (the one
 * before was still running); attempts = sent + retried + refused. Thread-safe.
 */
final class RunMetrics {
  static final String EVALUATIONS = "tokenwatt_alerts_evaluations_total";
  static final String ATTEMPTS = "tokenwatt_alerts_delivery_attempts_total";
  static final String HEARTBEATS = "tokenwatt_alerts_heartbeats_total";
  static final String STORE_ERRORS = "tokenwatt_alerts_store_errors_total";

  private static final Map<String, String> HELP =
      Map.of(
          EVALUATIONS,
          "Evaluations of rules by result: succeeded, failed or skipped.",
          ATTEMPTS,
          "Attempts to deliver a notification by result: sent, retried or refused.",
          HEARTBEATS,
          "Heartbeats by result: sent, failed or withheld.",
          STORE_ERRORS,
          "Calls to ClickHouse that failed outside of a rule's query.",
          "tokenwatt_alerts_incidents",
          "Open incidents by phase.",
          "tokenwatt_alerts_outbox",
          "Notifications still to be delivered.",
          "tokenwatt_alerts_outbox_oldest_seconds",
          "Age of the oldest of them; 0 = none.",
          "tokenwatt_alerts_evaluation_seconds",
          "How long the last evaluation took.",
          "tokenwatt_alerts_lease_held",
          "1 = this process sends.");

  private final ConcurrentMap<String, LongAdder> counts = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();

  void count(String name, String... labels) {
    counts.computeIfAbsent(name + series(labels), key -> new LongAdder()).increment();
  }

  long value(String name, String... labels) {
    LongAdder count = counts.get(name + series(labels));
    return count == null ? 0 : count.sum();
  }

  /** Asked at every scrape. */
  void gauge(String name, DoubleSupplier value, String... labels) {
    gauges.put(name + series(labels), value);
  }

  /** Drops all gauges of this name. */
  void forget(String name) {
    gauges.keySet().removeIf(series -> series.equals(name) || series.startsWith(name + "{"));
  }

  String text() {
    StringBuilder out = new StringBuilder();
    Map<String, String> lines = new TreeMap<>();
    counts.forEach((series, count) -> lines.put(series, String.valueOf(count.sum())));
    gauges.forEach((series, gauge) -> lines.put(series, String.valueOf(gauge.getAsDouble())));
    String family = "";
    for (Map.Entry<String, String> line : lines.entrySet()) {
      String name = line.getKey().replaceAll("\\{.*", "");
      if (!name.equals(family)) {
        family = name;
        String type = name.endsWith("_total") ? "counter" : "gauge";
        out.append("# HELP %s %s\n# TYPE %s %s\n".formatted(name, HELP.get(name), name, type));
      }
      out.append(line.getKey()).append(' ').append(line.getValue()).append('\n');
    }
    return out.toString();
  }

  private static String series(String... labels) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? "{" : ",").append(labels[i]).append("=\"");
      out.append(labels[i + 1].replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n"));
      out.append('"');
    }
    return out.append(labels.length == 0 ? "" : "}").toString();
  }
}
