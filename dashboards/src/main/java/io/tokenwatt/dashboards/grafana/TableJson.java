package io.tokenwatt.dashboards.grafana;

import static io.tokenwatt.dashboards.grafana.Json.object;

import io.tokenwatt.dashboards.source.Table;
import io.tokenwatt.dashboards.source.Table.Pivot;
import java.util.List;
import java.util.Map;

/** Tables, and matrices made of three columns. */
final class TableJson {
  private TableJson() {}

  static Map<String, Object> of(Table panel, LinkJson links) {
    boolean matrix = panel.pivot().isPresent();
    Map<String, Object> defaults =
        FieldJson.defaults(panel.scale(), matrix ? "continuous-viridis" : "thresholds");
    defaults.put(
        "custom",
        object(
            "align",
            "auto",
            "inspect",
            false,
            "filterable",
            !matrix,
            "cellOptions",
            matrix ? object("type", "color-background", "mode", "basic") : object("type", "auto")));
    return object(
        "type",
        "table",
        "fieldConfig",
        FieldJson.config(
            defaults,
            panel.columns().stream().map(column -> FieldJson.column(column, links)).toList()),
        "options",
        object("showHeader", true, "cellHeight", "sm", "frameIndex", 0),
        "transformations",
        panel.pivot().map(TableJson::transformations).orElse(null));
  }

  private static List<Object> transformations(Pivot pivot) {
    return List.of(
        object(
            "id",
            "groupingToMatrix",
            "options",
            object(
                "rowField",
                pivot.row(),
                "columnField",
                pivot.column(),
                "valueField",
                pivot.value(),
                "emptyValue",
                "null")));
  }
}
