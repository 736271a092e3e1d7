package io.tokenwatt.alerts.grafana;

import io.tokenwatt.alerts.RuleFiles;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The rendered files as a YAML reader sees them. */
final class Rendered {
  private static final Map<String, String> TEXTS = Provisioning.of(RuleFiles.shipped());

  private Rendered() {}

  static Map<String, String> texts() {
    return TEXTS;
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> file(String path) {
    return (Map<String, Object>)
        new Load(LoadSettings.builder().build()).loadFromString(TEXTS.get(path));
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> maps(Map<String, Object> in, String key) {
    return (List<Map<String, Object>>) in.getOrDefault(key, List.of());
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Map<String, Object> in, String key) {
    return (Map<String, Object>) in.getOrDefault(key, Map.of());
  }

  static List<Map<String, Object>> groups() {
    return maps(file("alerting/rules.yaml"), "groups");
  }

  static List<Map<String, Object>> rules() {
    return groups().stream().flatMap(group -> maps(group, "rules").stream()).toList();
  }

  static List<Map<String, Object>> receivers() {
    return maps(file("alerting/contact-points.yaml"), "contactPoints").stream()
        .flatMap(point -> maps(point, "receivers").stream())
        .toList();
  }
}
