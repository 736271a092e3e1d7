package io.tokenwatt.alerts;

import io.tokenwatt.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The shape of a rule file. Stateless. */
final class RuleYaml {
  private static final Pattern FOREIGN_TABLE =
      Pattern.compile(
          "\\b(?:from|join)\\s+([`\"\\w]+\\s*\\.\\s*[`\"\\w]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern QUERY = Pattern.compile("(?is)\\s*(?:select|with)\\b.*");

  private RuleYaml() {}

  static Rule rule(Section root) {
    String name = root.text("name");
    if (!name.isEmpty() && !name.matches("[a-z][a-z0-9]*(-[a-z0-9]+)*")) {
      root.reject("name", "expected words in lower case joined by \"-\", got \"" + name + "\"");
    }
    if (!root.has("severity")) {
      root.reject("severity", "is required: ticket or page");
    }
    if (!root.has("for")) {
      root.reject("for", "is required, such as 10m");
    }
    return new Rule(
        name,
        root.text("summary"),
        root.choice("severity", Severity.TICKET),
        sql(root),
        threshold(root, root.section("threshold")),
        root.duration("for", Duration.ofMinutes(10), Duration.ofSeconds(10), Duration.ofDays(1)),
        labels(root),
        runbook(root.section("runbook")));
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

  private static List<String> labels(Section root) {
    List<String> labels = root.texts("labels");
    if (labels.contains("value")) {
      root.reject("labels", "\"value\" is the number, not a label");
    }
    if (labels.stream().distinct().count() < labels.size()) {
      root.reject("labels", "names a column twice");
    }
    return labels;
  }

  private static Runbook runbook(Section runbook) {
    return new Runbook(
        runbook.text("first_query"), runbook.text("safe_action"), runbook.text("escalation"));
  }
}
