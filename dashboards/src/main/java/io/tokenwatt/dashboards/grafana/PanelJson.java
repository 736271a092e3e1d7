package io.tokenwatt.dashboards.grafana;

import static io.tokenwatt.dashboards.grafana.Json.object;

import io.tokenwatt.dashboards.source.BarGauge;
import io.tokenwatt.dashboards.source.Heatmap;
import io.tokenwatt.dashboards.source.Panel;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Stat;
import io.tokenwatt.dashboards.source.StateTimeline;
import io.tokenwatt.dashboards.source.Table;
import io.tokenwatt.dashboards.source.TextBox;
import io.tokenwatt.dashboards.source.TimeSeries;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One panel: its type, options and field configuration, by kind. */
record PanelJson(LinkJson links) implements Panel.Visitor<Map<String, Object>> {
  /** Steps of 20 s in an hour, 5 min in a day, 1 h in a week: more would not be seen at 1280 px. */
  private static final int POINTS = 200;

  private static final Map<String, Object> LAST_VALUE =
      object("calcs", List.of("lastNotNull"), "fields", "", "values", false);
  private static final Map<String, Object> EACH_ROW =
      object("calcs", List.of("lastNotNull"), "fields", "", "values", true, "limit", 40);

  Map<String, Object> of(Panel panel, Map<String, Object> position) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", panel.head().id());
    json.put("gridPos", position);
    json.put("title", panel.head().title());
    json.put("description", panel.head().says());
    if (!panel.queries().isEmpty()) {
      json.put("datasource", VariableJson.DATASOURCE);
      json.put("targets", panel.queries().stream().map(PanelJson::target).toList());
      json.put("maxDataPoints", POINTS);
      panel.head().interval().ifPresent(seconds -> json.put("interval", seconds + "s"));
    }
    if (!panel.head().links().isEmpty()) {
      json.put("links", panel.head().links().stream().map(links::panel).toList());
    }
    json.putAll(panel.match(this));
    return json;
  }

  private static Map<String, Object> target(Query query) {
    return object(
        "refId",
        query.ref(),
        "datasource",
        VariableJson.DATASOURCE,
        "editorType",
        "sql",
        "format",
        query.shape().format(),
        "queryType",
        query.shape() == Query.Shape.SERIES ? "timeseries" : "table",
        "rawSql",
        query.sql());
  }

  @Override
  public Map<String, Object> stat(Stat panel) {
    return object(
        "type",
        "stat",
        "fieldConfig",
        FieldJson.config(FieldJson.defaults(panel.scale(), "thresholds"), List.of()),
        "options",
        object(
            "reduceOptions",
            LAST_VALUE,
            "orientation",
            "auto",
            "textMode",
            "value",
            "wideLayout",
            true,
            "colorMode",
            "value",
            "graphMode",
            "none",
            "justifyMode",
            "auto",
            "showPercentChange",
            false,
            "percentChangeColorMode",
            "standard"));
  }

  @Override
  public Map<String, Object> timeSeries(TimeSeries panel) {
    return LinesJson.of(panel);
  }

  @Override
  public Map<String, Object> heatmap(Heatmap panel) {
    return HeatmapJson.of(panel);
  }

  @Override
  public Map<String, Object> table(Table panel) {
    return TableJson.of(panel, links);
  }

  @Override
  public Map<String, Object> barGauge(BarGauge panel) {
    return object(
        "type",
        "bargauge",
        "fieldConfig",
        FieldJson.config(FieldJson.defaults(panel.scale(), "thresholds"), List.of()),
        "options",
        object(
            "reduceOptions",
            EACH_ROW,
            "orientation",
            "horizontal",
            "displayMode",
            "basic",
            "valueMode",
            "text",
            "namePlacement",
            "left",
            "showUnfilled",
            true,
            "sizing",
            "auto",
            "minVizWidth",
            8,
            "minVizHeight",
            16,
            "maxVizHeight",
            40,
            "legend",
            object(
                "showLegend",
                false,
                "displayMode",
                "list",
                "placement",
                "bottom",
                "calcs",
                List.of())));
  }

  @Override
  public Map<String, Object> stateTimeline(StateTimeline panel) {
    return TimelineJson.of(panel);
  }

  @Override
  public Map<String, Object> text(TextBox panel) {
    return object(
        "type",
        "text",
        "fieldConfig",
        FieldJson.config(new LinkedHashMap<>(), List.of()),
        "options",
        object("mode", "markdown", "content", panel.markdown()));
  }
}
