package io.tokenwatt.dashboards.source;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A way from a value to a dashboard. Time and variables are kept; {@code set} replaces some.
 *
 * @param target uid of the dashboard
 * @param set variable of the target → column of the row clicked, or the text of a label of a
 *     series: see {@link #row} and {@link #label}
 */
public record Link(String title, String target, Map<String, String> set) {

  public Link {
    set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
  }

  public static Link to(String title, String target) {
    return new Link(title, target, Map.of());
  }

  /** Also sets a variable to the value of the row's column. */
  public Link row(String variable, String column) {
    return with(variable, "${__data.fields." + column + ":percentencode}");
  }

  /** Also sets a variable to the label of the series. */
  public Link label(String variable, String label) {
    return with(variable, "${__field.labels." + label + ":percentencode}");
  }

  private Link with(String variable, String value) {
    Map<String, String> all = new LinkedHashMap<>(set);
    all.put(variable, value);
    return new Link(title, target, all);
  }
}
