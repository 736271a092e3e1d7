package io.tokenwatt.alerts.grafana;

import io.tokenwatt.alerts.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Grafana's provisioning folder: what it holds, by path. */
public final class Provisioning {
  /** The same whatever the rules are. */
  private static final List<String> FIXED =
      List.of(
          "datasources/tokenwatt.yaml",
          "alerting/contact-points.yaml",
          "alerting/policies.yaml",
          "alerting/templates.yaml",
          "alerting/mute-times.yaml");

  private static final String HEAD =
      "# Written by ./tokenwatt alerts render from alerts/rules; edit those, not this.\n";

  private Provisioning() {}

  /** Text of each file, by its path below the provisioning folder. */
  public static Map<String, String> of(List<Rule> rules) {
    Map<String, String> files = new LinkedHashMap<>();
    FIXED.forEach(file -> files.put(file, resource(file)));
    files.put("alerting/rules.yaml", HEAD + YamlText.of(RuleGroups.of(rules)));
    return files;
  }

  private static String resource(String name) {
    try (InputStream in = Provisioning.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("resource " + name + " is missing in this build");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
