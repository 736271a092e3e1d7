package io.tokenwatt.dashboards.grafana;

import static io.tokenwatt.dashboards.grafana.Json.object;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwatt.dashboards.source.Annotation;
import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.dashboards.source.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** A whole dashboard. */
public final class DashboardJson {
  /** The data source that {@code deploy/grafana} provisions; alert rules name it too. */
  public static final String DATASOURCE_UID = "tokenwatt-clickhouse";

  private static final int SCHEMA_VERSION = 42;
  private static final String TAG = "tokenwatt";
  private static final ObjectMapper JSON = new ObjectMapper();

  private DashboardJson() {}

  /**
   * The file's text, ending in a newline.
   *
   * @param byUid finds the dashboards that links lead to, and throws for others
   */
  public static String text(Dashboard dashboard, Function<String, Dashboard> byUid) {
    DefaultIndenter lines = new DefaultIndenter("  ", "\n");
    try {
      return JSON.writer(
                  new DefaultPrettyPrinter().withObjectIndenter(lines).withArrayIndenter(lines))
              .writeValueAsString(of(dashboard, byUid))
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of texts and numbers are always JSON", e);
    }
  }

  private static Map<String, Object> of(Dashboard dashboard, Function<String, Dashboard> byUid) {
    Map<String, Object> json = object("uid", dashboard.uid(), "title", dashboard.title());
    json.put("id", null);
    json.putAll(
        object(
            "description",
            dashboard.says(),
            "tags",
            List.of(TAG),
            "schemaVersion",
            SCHEMA_VERSION,
            "version",
            1,
            "editable",
            true,
            "graphTooltip",
            1,
            "timezone",
            "utc",
            "refresh",
            "30s",
            "time",
            object("from", dashboard.range(), "to", "now"),
            "timepicker",
            object("refresh_intervals", List.of("10s", "30s", "1m", "5m", "15m", "1h")),
            "links",
            List.of(others()),
            "annotations",
            object(
                "list", dashboard.annotations().stream().map(DashboardJson::annotation).toList()),
            "templating",
            object("list", dashboard.variables().stream().map(VariableJson::of).toList()),
            "panels",
            panels(dashboard, new PanelJson(new LinkJson(dashboard, byUid)))));
    return json;
  }

  private static List<Object> panels(Dashboard dashboard, PanelJson panels) {
    List<Object> all = new ArrayList<>();
    Layout layout = new Layout();
    for (Row row : dashboard.rows()) {
      Layout.Placed placed = layout.place(row);
      List<Object> inside = new ArrayList<>();
      for (int i = 0; i < row.panels().size(); i++) {
        inside.add(panels.of(row.panels().get(i), placed.panels().get(i)));
      }
      all.add(
          object(
              "id",
              row.id(),
              "type",
              "row",
              "title",
              row.title(),
              "collapsed",
              row.collapsed(),
              "gridPos",
              placed.heading(),
              "panels",
              row.collapsed() ? inside : List.of()));
      if (!row.collapsed()) {
        all.addAll(inside);
      }
    }
    return all;
  }

  private static Map<String, Object> annotation(Annotation annotation) {
    return object(
        "name",
        annotation.name(),
        "enable",
        true,
        "hide",
        false,
        "iconColor",
        annotation.color().hex(),
        "datasource",
        VariableJson.DATASOURCE,
        "target",
        object(
            "refId",
            "Anno",
            "editorType",
            "sql",
            "format",
            1,
            "queryType",
            "table",
            "rawSql",
            annotation.sql()));
  }

  private static Map<String, Object> others() {
    return object(
        "title",
        "Tokenwatt",
        "type",
        "dashboards",
        "tags",
        List.of(TAG),
        "icon",
        "external link",
        "tooltip",
        "The other dashboards, with this time range and these variables",
        "url",
        "",
        "asDropdown",
        true,
        "targetBlank",
        false,
        "includeVars",
        true,
        "keepTime",
        true);
  }
}
