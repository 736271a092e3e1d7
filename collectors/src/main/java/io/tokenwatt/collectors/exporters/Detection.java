package io.tokenwatt.collectors.exporters;

import java.util.List;
import java.util.Set;

/**
 * How a kind is recognised from the names in an exposition: at least one name matches {@code any}
 * and none matches {@code none}. A pattern is a name or a prefix followed by "*".
 *
 * @param priority the highest among those that match wins: a kind that re-exports another's metrics
 *     must stand above it
 */
record Detection(int priority, List<String> any, List<String> none) {
  boolean matches(Set<String> names) {
    return names.stream().anyMatch(name -> matches(any, name))
        && names.stream().noneMatch(name -> matches(none, name));
  }

  private static boolean matches(List<String> patterns, String name) {
    for (String pattern : patterns) {
      int last = pattern.length() - 1;
      boolean matches =
          pattern.charAt(last) == '*'
              ? name.regionMatches(0, pattern, 0, last)
              : name.equals(pattern);
      if (matches) {
        return true;
      }
    }
    return false;
  }
}
