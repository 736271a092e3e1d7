package io.tokenwatt.dashboards.grafana;

import static io.tokenwatt.dashboards.grafana.Json.object;

import io.tokenwatt.dashboards.source.Heatmap;
import java.util.List;
import java.util.Map;

/** Rows of series whose value is a colour. */
final class HeatmapJson {
  private HeatmapJson() {}

  static Map<String, Object> of(Heatmap panel) {
    Map<String, Object> defaults = FieldJson.defaults(panel.scale(), "thresholds");
    if (!panel.name().isEmpty()) {
      defaults.put("displayName", panel.name());
    }
    defaults.put(
        "custom",
        object(
            "scaleDistribution",
            object("type", "linear"),
            "hideFrom",
            object("legend", false, "tooltip", false, "viz", false)));
    return object(
        "type",
        "heatmap",
        "fieldConfig",
        FieldJson.config(defaults, List.of()),
        "options",
        object(
            "calculate",
            false,
            "color",
            object(
                "mode",
                "scheme",
                "scheme",
                "Viridis",
                "fill",
                "#8E8E8E",
                "reverse",
                false,
                "exponent",
                0.5,
                "steps",
                64,
                "scale",
                "linear"),
            "cellGap",
            1,
            "cellValues",
            object(
                "unit",
                panel.scale().unit().id(),
                "decimals",
                panel.scale().decimals().orElse(null)),
            "rowsFrame",
            object("layout", "auto"),
            "yAxis",
            object("axisPlacement", "left", "reverse", false, "unit", "none"),
            "legend",
            object("show", true),
            "tooltip",
            object("mode", "single", "yHistogram", false, "showColorScale", true),
            "exemplars",
            object("color", "#CC79A7"),
            "showValue",
            "never"));
  }
}
