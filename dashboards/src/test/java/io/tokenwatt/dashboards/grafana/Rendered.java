package io.tokenwatt.dashboards.grafana;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenwatt.dashboards.catalogue.Dashboards;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The files as Grafana reads them. */
final class Rendered {
  static final Map<String, String> FILES = Provisioning.of(Dashboards.all());

  private Rendered() {}

  static List<JsonNode> dashboards() {
    return FILES.entrySet().stream()
        .filter(file -> file.getKey().endsWith(".json"))
        .map(file -> json(file.getValue()))
        .toList();
  }

  /** Rows and panels, those inside collapsed rows too. */
  static List<JsonNode> all(JsonNode dashboard) {
    List<JsonNode> all = new ArrayList<>();
    for (JsonNode panel : dashboard.get("panels")) {
      all.add(panel);
      panel.path("panels").forEach(all::add);
    }
    return all;
  }

  /** Without rows. */
  static List<JsonNode> panels(JsonNode dashboard) {
    return all(dashboard).stream().filter(p -> !p.get("type").asText().equals("row")).toList();
  }

  /** Every object and array below, itself first. */
  static List<JsonNode> below(JsonNode node) {
    List<JsonNode> all = new ArrayList<>(List.of(node));
    node.forEach(child -> all.addAll(below(child)));
    return all;
  }

  static String name(JsonNode dashboard, JsonNode panel) {
    return dashboard.get("uid").asText() + " " + panel.path("title").asText();
  }

  private static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
