package io.tokenwatt.dashboards.grafana;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Names of fields of Grafana's own types, @grafana/schema 13.2.3: which there are, which must be.
 */
final class GrafanaSchema {
  private static final Map<String, List<String>> TYPES = read();

  private GrafanaSchema() {}

  static Set<String> known(String type) {
    Set<String> names = new HashSet<>();
    type(type).forEach(name -> names.add(name.replace("!", "")));
    return names;
  }

  static Set<String> required(String type) {
    Set<String> names = new HashSet<>();
    type(type).stream().filter(n -> n.startsWith("!")).forEach(n -> names.add(n.substring(1)));
    return names;
  }

  private static List<String> type(String type) {
    List<String> names = TYPES.get(type);
    if (names == null) {
      throw new IllegalArgumentException("@grafana/schema has no " + type);
    }
    return names;
  }

  private static Map<String, List<String>> read() {
    try (InputStream in =
        GrafanaSchema.class.getResourceAsStream(
            "/io/tokenwatt/dashboards/grafana-schema-13.2.3.txt")) {
      Map<String, List<String>> types = new HashMap<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        int colon = line.indexOf(": ");
        if (!line.startsWith("#") && colon > 0) {
          types.put(line.substring(0, colon), Arrays.asList(line.substring(colon + 2).split(" ")));
        }
      }
      return types;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
