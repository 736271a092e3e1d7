package io.tokenwatt.collectors.http;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;

/**
 * Counters and gauges that print themselves as Prometheus text 0.0.4, sorted by name and labels.
 * Thread-safe; counting an existing series costs one map look-up.
 */
public final class Counters {
  private final ConcurrentMap<String, Family> families = new ConcurrentHashMap<>();

  private record Family(
      String type,
      String help,
      ConcurrentMap<String, LongAdder> counts,
      ConcurrentMap<String, DoubleSupplier> gauges) {
    Family(String type, String help) {
      this(type, help, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }
  }

  /**
   * A counter, made at its first use.
   *
   * @param name ends in {@code _total}
   * @param labels names and values in turn
   */
  public LongAdder counter(String name, String help, String... labels) {
    return families
        .computeIfAbsent(name, n -> new Family("counter", help))
        .counts
        .computeIfAbsent(series(labels), key -> new LongAdder());
  }

  /** A gauge, asked at every scrape; replaces the one of the same name and labels. */
  public void gauge(String name, String help, DoubleSupplier value, String... labels) {
    families
        .computeIfAbsent(name, n -> new Family("gauge", help))
        .gauges
        .put(series(labels), value);
  }

  /** The sum of a counter over all its label values; 0 for one never used. */
  public long sum(String name) {
    Family family = families.get(name);
    return family == null ? 0 : family.counts.values().stream().mapToLong(LongAdder::sum).sum();
  }

  /** A counter's value now; 0 for one never used. */
  public long value(String name, String... labels) {
    Family family = families.get(name);
    LongAdder count = family == null ? null : family.counts.get(series(labels));
    return count == null ? 0 : count.sum();
  }

  /** All of them as Prometheus text. */
  public String text() {
    StringBuilder out = new StringBuilder();
    new TreeMap<>(families).forEach((name, family) -> write(out, name, family));
    return out.toString();
  }

  private static void write(StringBuilder out, String name, Family family) {
    out.append("# HELP ").append(name).append(' ').append(family.help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(family.type).append('\n');
    for (Map.Entry<String, LongAdder> e : new TreeMap<>(family.counts).entrySet()) {
      out.append(name).append(e.getKey()).append(' ').append(e.getValue().sum()).append('\n');
    }
    for (Map.Entry<String, DoubleSupplier> e : new TreeMap<>(family.gauges).entrySet()) {
      double value = e.getValue().getAsDouble();
      out.append(name).append(e.getKey()).append(' ').append(value).append('\n');
    }
  }

  private static String series(String... labels) {
    if (labels.length == 0) {
      return "";
    }
    StringBuilder out = new StringBuilder("{");
    for (int i = 0; i < labels.length; i += 2) {
      out.append(i == 0 ? "" : ",").append(labels[i]).append("=\"");
      out.append(escape(labels[i + 1])).append('"');
    }
    return out.append('}').toString();
  }

  private static String escape(String value) {
    return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
  }
}
