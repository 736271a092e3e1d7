package io.tokenwatt.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Which known key was probably meant, by the least number of typing errors (Levenshtein). */
final class NearestKey {
  private NearestKey() {}

  /** The nearest of at most a third of its letters, and at least two, mistyped. */
  static Optional<String> of(String written, Collection<String> known) {
    return known.stream()
        .filter(key -> distance(written, key) <= Math.max(2, key.length() / 3))
        .min(
            Comparator.<String>comparingInt(key -> distance(written, key))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int distance(String a, String b) {
    String left = a.toLowerCase(Locale.ROOT);
    String right = b.toLowerCase(Locale.ROOT);
    // Two rows of the table are enough; keys beyond 100 letters are no typing error.
    if (Math.max(left.length(), right.length()) > 100) {
      return Integer.MAX_VALUE;
    }
    int[] above = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] row = new int[right.length() + 1];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int swap = above[j - 1] + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(swap, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[right.length()];
  }
}
