package io.tokenwatt.alerts.grafana;

import io.tokenwatt.alerts.DedupKey;
import io.tokenwatt.alerts.Rule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A rule's SQL as Grafana's ClickHouse data source (4.x) runs it for an alert: a table of one
 * number and otherwise text, which Grafana takes as one instance per row with the texts as labels.
 * Details are left out, for a label that changes would be another alert; {@code dedup_key} is
 * added. Grafana's range ends at any second, so both ends are cut to whole windows.
 */
final class RuleQuery {
  private static final String CUT = "toDateTime(intDiv(toUnixTimestamp(%s), 10) * 10, 'UTC')";

  private RuleQuery() {}

  static String of(Rule rule) {
    List<String> labels = rule.labels();
    String texts =
        labels.stream()
            .map(label -> "ifNull(toString(%1$s), '') AS %1$s, ".formatted(label))
            .collect(Collectors.joining());
    String columns = labels.stream().map(label -> label + ", ").collect(Collectors.joining());
    return """
        SELECT %s%s AS dedup_key, value
        FROM
        (
            SELECT %stoFloat64(value) AS value
            FROM
            (
        %s
            )
        )
        WHERE isFinite(value)
        """
        .formatted(
            columns,
            DedupKey.sql(rule.name(), labels),
            texts,
            withMacros(rule).strip().indent(8).stripTrailing());
  }

  private static String withMacros(Rule rule) {
    String sql =
        rule.sql()
            .replace("{from:DateTime('UTC')}", CUT.formatted("$__fromTime"))
            .replace("{to:DateTime('UTC')}", CUT.formatted("$__toTime"));
    for (Map.Entry<String, Double> parameter : rule.parameters().entrySet()) {
      sql =
          sql.replace(
              "{" + parameter.getKey() + ":Float64}", "toFloat64(" + parameter.getValue() + ")");
    }
    return sql;
  }
}
