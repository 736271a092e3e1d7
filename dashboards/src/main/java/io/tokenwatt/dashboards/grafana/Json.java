package io.tokenwatt.dashboards.grafana;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps in the order in which they are written. */
final class Json {
  private Json() {}

  /** Keys and values in turn; a null value leaves its key out. */
  static Map<String, Object> object(Object... keysAndValues) {
    Map<String, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      if (keysAndValues[i + 1] != null) {
        map.put((String) keysAndValues[i], keysAndValues[i + 1]);
      }
    }
    return map;
  }

  /** {@code {"id": id, "value": value}}, as overrides are made of. */
  static Map<String, Object> property(String id, Object value) {
    return object("id", id, "value", value);
  }
}
