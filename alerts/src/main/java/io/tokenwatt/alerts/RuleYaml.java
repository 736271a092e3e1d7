package io.tokenwatt.alerts;

import io.tokenwatt.config.Section;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shape of a rule file. Stateless. */
final class RuleYaml {
  private static final Pattern FOREIGN_TABLE =
      Pattern.compile(
          "\\b(?:from|join)\\s+([`\"\\w]+\\s*\\.\\s*[`\"\\w]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern CLOCK = Pattern.compile("(?i)\\b(?:now|now64|today)\\s*\\(");
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+):");

  /** Grafana's uid has 40, of which tw- are three. */
  private static final int LONGEST_NAME = 37;

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Pattern QUERY = Pattern.compile("(?is)\\s*(?:select|with)\\b.*");

  private RuleYaml() {}

  static Rule rule(Section root) {
    String name = root.text("name");
    if (!name.isEmpty() && !name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      root.reject("name", "expected words in lower case joined by \"-\", got \"" + name + "\"");
    }
    if (name.length() > LONGEST_NAME) {
      root.reject("name", "is longer than " + LONGEST_NAME + " characters");
    }
    if (!root.has("severity")) {
      root.reject("severity", "is required: ticket, page or heartbeat");
    }
    String sql = sql(root);
    List<String> labels = columns(root, "labels");
    return new Rule(
        name,
        root.text("summary"),
        root.choice("severity", Severity.TICKET),
        sql,
        parameters(root, sql),
        threshold(root, root.section("threshold")),
        root.text("unit", ""),
        timing(root, sql),
        labels,
        details(root, labels),
        runbook(root.section("runbook")));
  }

  private static Timing timing(Section root, String sql) {
    if (sql.contains("{from:") && !root.has("over")) {
      root.reject("over", "is required where the SQL uses {from:...}, such as 10m");
    }
    Timing timing =
        new Timing(
            root.duration("over", WINDOW, WINDOW, Duration.ofDays(31)),
            root.duration("settle", Timing.SETTLE, Duration.ZERO, Duration.ofHours(1)),
            root.duration("for", Duration.ZERO, Duration.ZERO, Duration.ofDays(1)),
            root.duration("keep_firing_for", Duration.ZERO, Duration.ZERO, Duration.ofDays(7)),
            root.duration("every", Timing.EVERY, Duration.ofSeconds(1), Duration.ofDays(1)));
    if (timing.over().toMillis() % WINDOW.toMillis() != 0) {
      root.reject("over", "must be whole windows of 10s");
    }
    return timing;
  }

  private static Map<String, Double> parameters(Section root, String sql) {
    Section section = root.section("parameters");
    Map<String, Double> parameters = new LinkedHashMap<>();
    for (String name : section.keys()) {
      parameters.put(name, section.number(name, 0, -1e300, 1e300));
      if (!sql.contains("{" + name + ":Float64}")) {
        section.reject(name, "the SQL does not use {" + name + ":Float64}");
      }
    }
    Matcher used = PARAMETER.matcher(sql);
    while (used.find()) {
      String name = used.group(1);
      boolean known = parameters.containsKey(name) || name.equals("from") || name.equals("to");
      if (!known) {
        root.reject("sql", "uses {" + name + ":...}, which is not in parameters");
      }
    }
    return parameters;
  }

  private static String sql(Section root) {
    String sql = root.text("sql");
    if (sql.isEmpty()) {
      return sql;
    }
    if (!QUERY.matcher(sql).matches()) {
      root.reject("sql", "must be a query: start with SELECT or WITH");
    }
    if (sql.contains(";")) {
      root.reject("sql", "must be one statement, without \";\"");
    }
    if (CLOCK.matcher(sql).find()) {
      root.reject("sql", "asks the clock; use {to:DateTime('UTC')}, so that it can be tested");
    }
    Matcher foreign = FOREIGN_TABLE.matcher(sql);
    while (foreign.find()) {
      root.reject(
          "sql",
          "reads "
              + foreign.group(1)
              + "; name tables without a database: the one of --database is meant");
    }
    return sql;
  }

  private static Threshold threshold(Section root, Section threshold) {
    boolean above = threshold.has("above");
    if (above == threshold.has("below")) {
      root.reject("threshold", "give one of above and below");
    }
    String key = above ? "above" : "below";
    double bound = threshold.number(key, 0, -1e300, 1e300);
    return new Threshold(above ? Threshold.Side.ABOVE : Threshold.Side.BELOW, bound);
  }

  private static List<String> columns(Section root, String key) {
    List<String> columns = root.texts(key);
    if (columns.contains("value")) {
      root.reject(key, "\"value\" is the number, not a label");
    }
    if (columns.stream().distinct().count() < columns.size()) {
      root.reject(key, "names a column twice");
    }
    columns.stream()
        .filter(column -> !column.matches("[a-z_][a-z0-9_]*"))
        .forEach(column -> root.reject(key, "\"" + column + "\" is not a column in snake_case"));
    return columns;
  }

  private static List<String> details(Section root, List<String> labels) {
    List<String> details = columns(root, "details");
    if (!Collections.disjoint(details, labels)) {
      root.reject("details", "a column is a label or a detail, not both");
    }
    return details;
  }

  private static Runbook runbook(Section runbook) {
    String panel = runbook.text("panel", "");
    if (!panel.matches("([a-zA-Z0-9_-]{1,40}/\\d{1,9})?")) {
      runbook.reject("panel", "expected DASHBOARD_UID/PANEL_ID, got \"" + panel + "\"");
    }
    return new Runbook(
        runbook.text("first_query"),
        runbook.text("safe_action"),
        runbook.text("escalation"),
        panel);
  }
}
