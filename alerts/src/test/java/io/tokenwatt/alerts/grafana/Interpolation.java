package io.tokenwatt.alerts.grafana;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What Grafana makes of an interpolated text: split on {@code $$}, each part expanded like Go's
 * os.ExpandEnv, joined with {@code $}. An unset variable becomes nothing, silently.
 */
final class Interpolation {
  private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\{(\\w+)}|(\\w+))");

  private Interpolation() {}

  static String expand(String text) {
    return Arrays.stream(text.split(Pattern.quote("$$"), -1))
        .map(
            part ->
                VARIABLE.matcher(part).replaceAll(m -> "<" + name(m.group(1), m.group(2)) + ">"))
        .collect(Collectors.joining("$"));
  }

  /** The environment variables that a text needs. */
  static Set<String> variables(String text) {
    Set<String> names = new TreeSet<>();
    for (String part : text.split(Pattern.quote("$$"), -1)) {
      Matcher matcher = VARIABLE.matcher(part);
      while (matcher.find()) {
        names.add(name(matcher.group(1), matcher.group(2)));
      }
    }
    return names;
  }

  private static String name(String braced, String bare) {
    return braced != null ? braced : bare;
  }
}
