package io.tokenwatt.config;

import java.io.Serializable;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A map of properties some of which may be passwords: printing it, or a record that holds it, shows
 * the names only. Immutable.
 */
public final class HiddenValues extends AbstractMap<String, String> implements Serializable {
  private static final long serialVersionUID = 1;

  private final LinkedHashMap<String, String> values;

  private HiddenValues(Map<String, String> values) {
    this.values = new LinkedHashMap<>(values);
  }

  public static HiddenValues of(Map<String, String> values) {
    return values instanceof HiddenValues hidden ? hidden : new HiddenValues(values);
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return Map.copyOf(values).entrySet();
  }

  @Override
  public String get(Object key) {
    return values.get(key);
  }

  @Override
  public String toString() {
    return values.keySet() + " (values hidden)";
  }
}
