package io.tokenwatt.dashboards.expand;

import java.util.List;

/**
 * What is chosen of a variable.
 *
 * @param values empty = All
 * @param allValue what stands for All in SQL, as it is; empty = all options, formatted like chosen
 *     ones
 * @param options what could be chosen
 */
public record Choice(List<String> values, String allValue, List<String> options) {
  public Choice {
    values = List.copyOf(values);
    options = List.copyOf(options);
  }

  public static Choice all(String allValue) {
    return new Choice(List.of(), allValue, List.of());
  }

  public static Choice of(String... values) {
    return new Choice(List.of(values), "", List.of());
  }

  boolean isAll() {
    return values.isEmpty();
  }

  /** Those that All stands for, if nothing stands for it. */
  List<String> effective() {
    return isAll() ? options : values;
  }
}
