package io.tokenwatt.dashboards.grafana;

import static io.tokenwatt.dashboards.grafana.Json.object;
import static io.tokenwatt.dashboards.grafana.Json.property;

import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.SeriesStyle;
import io.tokenwatt.dashboards.source.Thresholds;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Units, limits and colours: Grafana's fieldConfig. */
final class FieldJson {
  /** What stands where no value is: a dash, for absent is unknown and never zero. */
  static final String NO_VALUE = "–";

  private FieldJson() {}

  static Map<String, Object> config(Map<String, Object> defaults, List<?> overrides) {
    return object("defaults", defaults, "overrides", overrides);
  }

  /** Of a panel of numbers; {@code color} is one of Grafana's modes. */
  static Map<String, Object> defaults(Scale scale, String color) {
    return object(
        "unit",
        scale.unit().id(),
        "decimals",
        scale.decimals().orElse(null),
        "min",
        scale.min().orElse(null),
        "max",
        scale.max().orElse(null),
        "noValue",
        NO_VALUE,
        "color",
        object("mode", color),
        "thresholds",
        thresholds(scale.thresholds()),
        "mappings",
        List.of());
  }

  static Map<String, Object> thresholds(Thresholds thresholds) {
    List<Object> steps = new ArrayList<>();
    Map<String, Object> base = object("color", thresholds.base().hex());
    base.put("value", null);
    steps.add(base);
    thresholds
        .steps()
        .forEach(step -> steps.add(object("color", step.color().hex(), "value", step.from())));
    return object("mode", "absolute", "steps", steps);
  }

  static List<Object> overrides(List<SeriesStyle> styles) {
    List<Object> all = new ArrayList<>();
    for (SeriesStyle style : styles) {
      List<Object> properties = new ArrayList<>();
      properties.add(property("color", object("mode", "fixed", "fixedColor", style.color().hex())));
      if (style.dashed()) {
        properties.add(property("custom.lineStyle", object("fill", "dash", "dash", List.of(8, 6))));
        properties.add(property("custom.fillOpacity", 0));
      }
      all.add(object("matcher", byName(style.series()), "properties", properties));
    }
    return all;
  }

  static Map<String, Object> column(Column column, LinkJson links) {
    List<Object> properties = new ArrayList<>();
    properties.add(property("displayName", column.title()));
    column.scale().ifPresent(scale -> numbers(scale, column.bar(), properties));
    column.width().ifPresent(pixels -> properties.add(property("custom.width", pixels)));
    column.link().ifPresent(link -> properties.add(property("links", List.of(links.data(link)))));
    return object("matcher", byName(column.name()), "properties", properties);
  }

  private static void numbers(Scale scale, boolean bar, List<Object> properties) {
    properties.add(property("unit", scale.unit().id()));
    scale.decimals().ifPresent(n -> properties.add(property("decimals", n)));
    scale.min().filter(m -> bar).ifPresent(m -> properties.add(property("min", m)));
    scale.max().ifPresent(m -> properties.add(property("max", m)));
    boolean judged = !scale.thresholds().steps().isEmpty();
    if (bar || judged) {
      properties.add(property("thresholds", thresholds(scale.thresholds())));
      properties.add(property("color", object("mode", "thresholds")));
      properties.add(
          property(
              "custom.cellOptions",
              bar
                  ? object("type", "gauge", "mode", "basic", "valueDisplayMode", "text")
                  : object("type", "color-text")));
    }
  }

  private static Map<String, Object> byName(String name) {
    return object("id", "byName", "options", name);
  }
}
