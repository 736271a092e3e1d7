package io.tokenwatt.alerts.ruletest;

import io.tokenwatt.config.Section;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The shape of a file of rule tests. Stateless. */
final class TestYaml {
  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration LONGEST = Duration.ofDays(7);

  private TestYaml() {}

  static List<RuleTest> tests(Section root) {
    String rule = root.text("rule");
    Map<String, Map<String, String>> defaults = new HashMap<>();
    Section tables = root.section("defaults");
    tables.keys().forEach(table -> defaults.put(table, tables.textMap(table)));
    List<RuleTest> tests = new ArrayList<>();
    for (Section test : root.sections("tests")) {
      tests.add(test(rule, test, defaults));
    }
    if (tests.isEmpty()) {
      root.reject("tests", "is required: at least one test");
    }
    return tests;
  }

  private static RuleTest test(
      String rule, Section test, Map<String, Map<String, String>> defaults) {
    List<TimedRow> rows = new ArrayList<>();
    test.sections("given").forEach(given -> rows.addAll(rows(given, defaults)));
    return new RuleTest(
        rule,
        test.text("name"),
        rows,
        test.duration("first", Duration.ZERO, Duration.ZERO, LONGEST),
        test.duration("every", Duration.ofMinutes(1), Duration.ofSeconds(1), LONGEST),
        test.duration("until", Duration.ofMinutes(10), Duration.ZERO, LONGEST),
        test.sections("alerts").stream().map(TestYaml::alert).toList());
  }

  private static List<TimedRow> rows(Section given, Map<String, Map<String, String>> defaults) {
    String table = given.text("table");
    Map<String, String> constants = new LinkedHashMap<>(defaults.getOrDefault(table, Map.of()));
    constants.putAll(given.textMap("row"));
    Duration from = given.duration("from", Duration.ZERO, Duration.ZERO, LONGEST);
    Duration step = given.duration("step", WINDOW, Duration.ofSeconds(1), LONGEST);
    Map<String, List<BigDecimal>> series = new LinkedHashMap<>();
    Section columns = given.section("series");
    for (String column : columns.keys()) {
      series.put(column, columns.parsed(column, List.of(), SeriesText::parse));
    }
    if (series.values().stream().mapToInt(List::size).distinct().count() > 1) {
      given.reject("series", "all columns need as many values");
    }
    return new TableTime(table).rows(constants, from, step, series);
  }

  private static ExpectedAlert alert(Section alert) {
    Optional<Duration> resolves =
        alert.has("resolves")
            ? Optional.of(alert.duration("resolves", Duration.ZERO, Duration.ZERO, LONGEST))
            : Optional.empty();
    OptionalDouble value =
        alert.has("value")
            ? OptionalDouble.of(alert.number("value", 0, -1e300, 1e300))
            : OptionalDouble.empty();
    return new ExpectedAlert(
        alert.textMap("labels"),
        alert.textMap("details"),
        alert.duration("fires", Duration.ZERO, Duration.ZERO, LONGEST),
        resolves,
        value);
  }
}
