package io.tokenwatt.dashboards.grafana;

import static io.tokenwatt.dashboards.grafana.Json.object;

import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.StateTimeline;
import io.tokenwatt.dashboards.source.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lanes of states; numbers are mapped to names and colours. */
final class TimelineJson {
  private TimelineJson() {}

  static Map<String, Object> of(StateTimeline panel) {
    Map<String, Object> states = new LinkedHashMap<>();
    for (int i = 0; i < panel.states().size(); i++) {
      StateTimeline.State state = panel.states().get(i);
      states.put(
          Integer.toString(i),
          object("text", state.name(), "color", state.color().hex(), "index", i));
    }
    Map<String, Object> defaults = FieldJson.defaults(Scale.of(Unit.NONE).free(), "thresholds");
    if (!panel.name().isEmpty()) {
      defaults.put("displayName", panel.name());
    }
    defaults.put("mappings", List.of(object("type", "value", "options", states)));
    defaults.put(
        "custom",
        object(
            "lineWidth",
            0,
            "fillOpacity",
            80,
            "hideFrom",
            object("legend", false, "tooltip", false, "viz", false)));
    return object(
        "type",
        "state-timeline",
        "fieldConfig",
        FieldJson.config(defaults, List.of()),
        "options",
        object(
            "mergeValues",
            true,
            "showValue",
            "auto",
            "alignValue",
            "left",
            "rowHeight",
            0.9,
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
            object("mode", "single", "sort", "none")));
  }
}
