package io.tokenwatt.dashboards.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** No field that Grafana does not know, none missing that it needs. */
class SchemaTest {
  @Test
  void everyDashboardHasTheFieldsOfGrafanasTypes() {
    each(
        dashboard -> {
          conforms("Dashboard", dashboard);
          conforms("TimePickerConfig", dashboard.get("timepicker"));
          dashboard.get("links").forEach(link -> conforms("DashboardLink", link));
          conforms("AnnotationContainer", dashboard.get("annotations"));
          dashboard.at("/annotations/list").forEach(query -> conforms("AnnotationQuery", query));
          for (JsonNode variable : dashboard.at("/templating/list")) {
            conforms("VariableModel", variable);
            conforms("VariableOption", variable.get("current"));
            assertThat(GrafanaSchema.known("enum VariableType"))
                .contains(variable.get("type").asText());
          }
        });
  }

  @Test
  void everyPanelHasTheFieldsAndOptionsOfItsType() {
    each(
        dashboard -> {
          for (JsonNode panel : Rendered.all(dashboard)) {
            String type = panel.get("type").asText();
            if (type.equals("row")) {
              conforms("RowPanel", panel);
            } else {
              conforms("Panel", panel);
              conforms(type + " Options", panel.get("options"));
              panel.path("links").forEach(link -> conforms("DashboardLink", link));
              panel.path("transformations").forEach(t -> conforms("DataTransformerConfig", t));
            }
            conforms("GridPos", panel.get("gridPos"));
          }
        });
  }

  @Test
  void everyFieldConfigurationIsGrafanas() {
    each(
        dashboard -> {
          for (JsonNode panel : Rendered.panels(dashboard)) {
            JsonNode config = panel.get("fieldConfig");
            conforms("FieldConfigSource", config);
            conforms("FieldConfig", config.get("defaults"));
            if (config.get("defaults").has("custom")) {
              conforms(panel.get("type").asText() + " FieldConfig", config.at("/defaults/custom"));
            }
            config.get("overrides").forEach(one -> conforms("MatcherConfig", one.get("matcher")));
            colors(panel);
          }
        });
  }

  private static void colors(JsonNode panel) {
    List<JsonNode> colors = new ArrayList<>();
    Rendered.below(panel.get("fieldConfig")).stream()
        .filter(node -> node.path("color").isObject())
        .forEach(node -> colors.add(node.get("color")));
    for (JsonNode color : colors) {
      conforms("FieldColor", color);
      assertThat(GrafanaSchema.known("enum FieldColorModeId")).contains(color.get("mode").asText());
    }
    Rendered.below(panel.get("fieldConfig")).stream()
        .filter(node -> node.has("steps"))
        .forEach(
            node -> {
              conforms("ThresholdsConfig", node);
              node.get("steps").forEach(step -> conforms("Threshold", step));
            });
  }

  private static void conforms(String type, JsonNode node) {
    List<String> names = new ArrayList<>();
    node.fieldNames().forEachRemaining(names::add);
    assertThat(names)
        .as(type + " " + node.path("title").asText())
        .isSubsetOf(GrafanaSchema.known(type))
        .containsAll(GrafanaSchema.required(type));
  }

  private static void each(Consumer<JsonNode> check) {
    assertThat(Rendered.dashboards()).isNotEmpty().allSatisfy(check::accept);
  }
}
