package io.tokenwatt.alerts.grafana;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.Severity;
import io.tokenwatt.alerts.Threshold;
import io.tokenwatt.config.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file of rule groups, one group per interval of evaluation.
 *
 * <p>No rows = nothing found ({@code noDataState: OK}). An error neither fires nor resolves ({@code
 * KeepLast}), so a hiccup of ClickHouse pages nobody; only the heartbeat stops then, and whoever
 * waits for it raises the alarm.
 */
final class RuleGroups {
  static final String DATASOURCE_UID = "tokenwatt-clickhouse";
  private static final Map<String, Object> DATASOURCE =
      ordered("type", "grafana-clickhouse-datasource", "uid", DATASOURCE_UID);
  private static final Map<String, Object> EXPRESSION =
      ordered("type", "__expr__", "uid", "__expr__");

  /** Grafana's scheduler ticks this often; an interval is a multiple of it. */
  private static final long TICK_S = 10;

  private RuleGroups() {}

  static Map<String, Object> of(List<Rule> rules) {
    Map<Long, List<Object>> groups = new TreeMap<>();
    for (Rule rule : rules) {
      groups.computeIfAbsent(interval(rule), s -> new ArrayList<>()).add(rule(rule));
    }
    List<Object> list = new ArrayList<>();
    groups.forEach(
        (seconds, some) -> {
          String every = DurationText.of(Duration.ofSeconds(seconds));
          list.add(
              ordered(
                  "orgId",
                  1,
                  "name",
                  "tokenwatt-every-" + every,
                  "folder",
                  "Tokenwatt",
                  "interval",
                  every,
                  "rules",
                  some));
        });
    return ordered("apiVersion", 1, "groups", list);
  }

  private static long interval(Rule rule) {
    long seconds = rule.timing().every().toSeconds();
    return Math.max(1, (seconds + TICK_S - 1) / TICK_S) * TICK_S;
  }

  private static Map<String, Object> rule(Rule rule) {
    boolean heartbeat = rule.severity() == Severity.HEARTBEAT;
    Map<String, Object> map =
        ordered("uid", "tw-" + rule.name(), "title", rule.name(), "condition", "B");
    map.put("for", DurationText.of(rule.timing().pending()));
    if (!rule.timing().keepFiring().isZero()) {
      map.put("keepFiringFor", DurationText.of(rule.timing().keepFiring()));
    }
    map.put("noDataState", "OK");
    map.put("execErrState", heartbeat ? "OK" : "KeepLast");
    String panel = rule.runbook().panel();
    if (!panel.isEmpty()) {
      int slash = panel.indexOf('/');
      map.put("dashboardUid", panel.substring(0, slash));
      map.put("panelId", Integer.valueOf(panel.substring(slash + 1)));
    }
    map.put("labels", ordered("severity", rule.severity().label()));
    map.put("annotations", annotations(rule));
    map.put("data", List.of(query(rule), threshold(rule)));
    return map;
  }

  private static Map<String, Object> annotations(Rule rule) {
    String unit = rule.unit().isEmpty() ? "" : " " + rule.unit();
    return ordered(
        "summary",
        rule.summary().strip(),
        "value",
        "{{ printf \"%.4g\" $values.A.Value }}" + unit + ", threshold " + rule.threshold() + unit,
        "first_query",
        rule.runbook().firstQuery().strip(),
        "safe_action",
        rule.runbook().safeAction().strip(),
        "escalation",
        rule.runbook().escalation().strip());
  }

  private static Map<String, Object> query(Rule rule) {
    long settle = rule.timing().settle().toSeconds();
    return ordered(
        "refId",
        "A",
        "relativeTimeRange",
        ordered("from", rule.timing().over().toSeconds() + settle, "to", settle),
        "datasourceUid",
        DATASOURCE_UID,
        "model",
        ordered(
            "refId",
            "A",
            "datasource",
            DATASOURCE,
            "editorType",
            "sql",
            "queryType",
            "table",
            "format",
            1,
            "intervalMs",
            TICK_S * 1000,
            "maxDataPoints",
            43200,
            "rawSql",
            RuleQuery.of(rule)));
  }

  private static Map<String, Object> threshold(Rule rule) {
    boolean above = rule.threshold().side() == Threshold.Side.ABOVE;
    Map<String, Object> evaluator =
        ordered("type", above ? "gt" : "lt", "params", List.of(rule.threshold().bound()));
    return ordered(
        "refId",
        "B",
        "relativeTimeRange",
        ordered("from", TICK_S, "to", 0),
        "datasourceUid",
        "__expr__",
        "model",
        ordered(
            "refId",
            "B",
            "datasource",
            EXPRESSION,
            "type",
            "threshold",
            "expression",
            "A",
            "intervalMs",
            TICK_S * 1000,
            "maxDataPoints",
            43200,
            "conditions",
            List.of(ordered("evaluator", evaluator))));
  }

  private static Map<String, Object> ordered(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      map.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return map;
  }
}
