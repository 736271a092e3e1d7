package io.tokenwatt.quickstart;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.jobs.regression.Outcome;
import io.tokenwatt.storage.Store;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What came of the windows of one board type in one region, as the store tells it: judged or why
 * not, what was found, who was told. Not thread-safe.
 */
final class Verdicts {
  private static final String PAGES = "efficiency-regression-page";

  private final Store store;
  private final String database;
  private final Map<String, Object> place;
  private final double pageUsdPerDay;
  private Map<String, Map<String, Long>> before = Map.of();

  /**
   * @param hardware as the facts name it
   * @param pageUsdPerDay dollars a day from which a regression pages
   */
  Verdicts(Store store, String region, String hardware, double pageUsdPerDay) {
    this.store = store;
    this.database = store.config().database();
    this.place = Map.of("region", region, "hardware", hardware);
    this.pageUsdPerDay = pageUsdPerDay;
  }

  /** Whether a window of at least one workload was held against what is known of it. */
  boolean canCompare() {
    return counts().values().stream().anyMatch(of -> of.containsKey(label(Outcome.JUDGED)));
  }

  /** From now on only what comes later counts. */
  void mark() {
    before = counts();
  }

  /** One sentence or more; only what was seen since {@link #mark}. */
  String whyNobodyIsPaged() {
    List<GenericRecord> found =
        rows(
            "SELECT workload, measure, size, usd_per_day FROM %1$s.regressions FINAL WHERE region ="
                + " {region:String} AND hardware = {hardware:String} AND closed IS NULL ORDER BY"
                + " opened");
    if (found.isEmpty()) {
      return "nothing was found.\n" + judged();
    }
    String list = found.stream().map(Verdicts::found).collect(Collectors.joining("; "));
    return "found: %s. %s".formatted(list, told());
  }

  private static String found(GenericRecord row) {
    String dollars =
        row.hasValue("usd_per_day")
            ? "%.2f USD/day".formatted(row.getDouble("usd_per_day"))
            : "no price";
    return "%s %s %+.0f %%, %s"
        .formatted(
            row.getString("workload"),
            row.getString("measure"),
            100 * row.getDouble("size"),
            dollars);
  }

  private String told() {
    List<GenericRecord> waiting =
        rows(
            "SELECT receiver, attempts, answer FROM %1$s.alert_outbox WHERE startsWith(dedup_key,"
                + " 'tokenwatt/"
                + PAGES
                + "/')");
    if (!waiting.isEmpty()) {
      GenericRecord first = waiting.get(0);
      return "The page waits for %s (%d attempts): %s"
          .formatted(
              first.getString("receiver"), first.getLong("attempts"), first.getString("answer"));
    }
    return "Less than %.0f USD/day of one cause pages nobody, and alerts are evaluated every few seconds."
        .formatted(pageUsdPerDay);
  }

  private String judged() {
    StringBuilder text =
        new StringBuilder("What became of the windows since then, once per measure:");
    counts()
        .forEach((workload, now) -> text.append(line(workload, since(now, before.get(workload)))));
    return text.toString();
  }

  private static Map<String, Long> since(Map<String, Long> now, Map<String, Long> before) {
    Map<String, Long> since = new TreeMap<>(now);
    if (before != null) {
      before.forEach((outcome, measures) -> since.merge(outcome, -measures, Long::sum));
    }
    since.values().removeIf(measures -> measures <= 0);
    since.remove(label(Outcome.UNKNOWN_MEASURE));
    return since;
  }

  private static String line(String workload, Map<String, Long> outcomes) {
    List<String> words = new ArrayList<>();
    outcomes.forEach((outcome, n) -> words.add("%d %s".formatted(n, meaning(outcome))));
    return "\n  %-14s %s"
        .formatted(workload, words.isEmpty() ? "none yet" : String.join("; ", words));
  }

  private static String meaning(String label) {
    return Arrays.stream(Outcome.values())
        .filter(outcome -> label(outcome).equals(label))
        .findFirst()
        .map(outcome -> label + " (" + outcome.meaning() + ")")
        .orElse(label);
  }

  /** By workload and outcome. */
  private Map<String, Map<String, Long>> counts() {
    Map<String, Map<String, Long>> counts = new TreeMap<>();
    rows("SELECT workload, outcome, toInt64(sum(measures)) AS n FROM %1$s.judged_windows FINAL"
            + " WHERE region = {region:String} AND workload IN (SELECT workload FROM"
            + " %1$s.efficiency_10s WHERE region = {region:String} AND hardware ="
            + " {hardware:String}) GROUP BY workload, outcome")
        .forEach(
            row ->
                counts
                    .computeIfAbsent(row.getString("workload"), w -> new TreeMap<>())
                    .put(row.getString("outcome"), row.getLong("n")));
    return counts;
  }

  private List<GenericRecord> rows(String sql) {
    return store.rows(sql.formatted(database), place);
  }

  private static String label(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }
}
