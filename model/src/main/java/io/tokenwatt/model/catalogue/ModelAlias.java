package io.tokenwatt.model.catalogue;

import java.util.Optional;

/**
 * One alias row: a literal name or one with a single "*", which stands for any characters, also
 * none.
 */
record ModelAlias(String pattern, String name, String precision) {

  /**
   * @throws IllegalArgumentException where stars do not pair up or a part is empty
   */
  ModelAlias {
    if (pattern.isEmpty() || name.isEmpty()) {
      throw new IllegalArgumentException("an alias needs a pattern and a name");
    }
    if (stars(pattern) > 1 || stars(name) > stars(pattern)) {
      throw new IllegalArgumentException(
          "alias '%s' -> '%s': at most one * in the pattern, and in the name only if it has one"
              .formatted(pattern, name));
    }
  }

  boolean literal() {
    return stars(pattern) == 0;
  }

  /** The canonical name of {@code candidate}, or empty where this row is not about it. */
  Optional<String> apply(String candidate) {
    int star = pattern.indexOf('*');
    if (star < 0) {
      return candidate.equals(pattern) ? Optional.of(name) : Optional.empty();
    }
    String before = pattern.substring(0, star);
    String after = pattern.substring(star + 1);
    boolean fits =
        candidate.length() >= pattern.length() - 1
            && candidate.startsWith(before)
            && candidate.endsWith(after);
    if (!fits) {
      return Optional.empty();
    }
    String matched = candidate.substring(star, candidate.length() - after.length());
    return Optional.of(name.replace("*", matched));
  }

  private static long stars(String text) {
    return text.chars().filter(character -> character == '*').count();
  }
}
