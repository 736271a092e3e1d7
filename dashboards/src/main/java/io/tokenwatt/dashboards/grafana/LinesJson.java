package io.tokenwatt.dashboards.grafana;

import static io.tokenwatt.dashboards.grafana.Json.object;

import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.TimeSeries.Drawing;
import java.util.List;
import java.util.Map;

/** Lines, areas and bars over time. */
final class LinesJson {
  private LinesJson() {}

  static Map<String, Object> of(TimeSeries panel) {
    Map<String, Object> defaults = FieldJson.defaults(panel.scale(), "palette-classic-by-name");
    if (!panel.name().isEmpty()) {
      defaults.put("displayName", panel.name());
    }
    defaults.put("custom", custom(panel));
    return object(
        "type",
        "timeseries",
        "fieldConfig",
        FieldJson.config(defaults, FieldJson.overrides(panel.styles())),
        "options",
        object(
            "legend",
            object(
                "showLegend",
                true,
                "displayMode",
                "list",
                "placement",
                "bottom",
                "calcs",
                List.of()),
            "tooltip",
            object("mode", "multi", "sort", "desc", "hideZeros", false)));
  }

  private static Map<String, Object> custom(TimeSeries panel) {
    boolean stacked = panel.drawing() == Drawing.STACKED;
    boolean bars = panel.drawing() == Drawing.BARS;
    return object(
        "drawStyle",
        bars ? "bars" : "line",
        "lineInterpolation",
        "linear",
        "lineWidth",
        bars ? 0 : 2,
        "fillOpacity",
        bars ? 80 : stacked ? 60 : 0,
        "gradientMode",
        "none",
        "showPoints",
        "auto",
        "pointSize",
        4,
        "spanNulls",
        false,
        "axisPlacement",
        "auto",
        "axisLabel",
        "",
        "axisColorMode",
        "text",
        "axisBorderShow",
        false,
        "axisCenteredZero",
        false,
        "barAlignment",
        0,
        "scaleDistribution",
        object("type", "linear"),
        "stacking",
        object("mode", stacked || bars ? "normal" : "none", "group", "A"),
        "thresholdsStyle",
        object("mode", panel.scale().thresholds().steps().isEmpty() ? "off" : "dashed"),
        "hideFrom",
        object("legend", false, "tooltip", false, "viz", false));
  }
}
