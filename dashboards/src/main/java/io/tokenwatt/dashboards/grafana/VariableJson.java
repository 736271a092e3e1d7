package io.tokenwatt.dashboards.grafana;

import static io.tokenwatt.dashboards.grafana.Json.object;

import io.tokenwatt.dashboards.source.Variable;
import java.util.List;
import java.util.Map;

/** Variables: the data source, and dimensions of which several or all may be chosen. */
final class VariableJson {
  static final String PLUGIN = "grafana-clickhouse-datasource";
  static final Map<String, Object> DATASOURCE =
      object("type", PLUGIN, "uid", "${" + Variable.DATASOURCE.name() + "}");

  private static final int ON_TIME_RANGE = 2;
  private static final int NATURAL = 7;

  private VariableJson() {}

  static Map<String, Object> of(Variable variable) {
    return variable.sql().isEmpty() ? datasource(variable) : query(variable);
  }

  private static Map<String, Object> datasource(Variable variable) {
    return object(
        "name",
        variable.name(),
        "label",
        variable.label(),
        "description",
        variable.says(),
        "type",
        "datasource",
        "query",
        PLUGIN,
        "current",
        object("selected", true, "text", "Tokenwatt", "value", DashboardJson.DATASOURCE_UID),
        "refresh",
        1,
        "regex",
        "",
        "multi",
        false,
        "includeAll",
        false,
        "hide",
        0,
        "skipUrlSync",
        false,
        "options",
        List.of());
  }

  private static Map<String, Object> query(Variable variable) {
    return object(
        "name",
        variable.name(),
        "label",
        variable.label(),
        "description",
        variable.says(),
        "type",
        "query",
        "datasource",
        DATASOURCE,
        "query",
        object("editorType", "sql", "rawSql", variable.sql()),
        "refresh",
        ON_TIME_RANGE,
        "sort",
        NATURAL,
        "regex",
        "",
        "multi",
        true,
        "includeAll",
        true,
        "allValue",
        Variable.ALL,
        "current",
        object("selected", true, "text", List.of("All"), "value", List.of("$__all")),
        "hide",
        0,
        "skipUrlSync",
        false,
        "options",
        List.of());
  }
}
