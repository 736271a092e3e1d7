package io.tokenwatt.storage.narrow;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One item of a SELECT or WITH list.
 *
 * @param name by which others know it; {@code *} if it is whatever the source has
 */
record Item(String name, String text) {
  private static final Pattern COLUMN = Pattern.compile("(?:\\w+\\.)?(\\w+)");
  private static final Pattern ALL = Pattern.compile("(?:\\w+\\.)?\\*.*");
  private static final Pattern ALIAS = Pattern.compile(".* AS (\\w+)");
  private static final Pattern AGGREGATE =
      Pattern.compile("\\b(?:sum|min|max|any|count|group|uniq|arg(?:Min|Max))\\w*\\(");

  /**
   * @param text on one line
   * @throws IllegalArgumentException for an expression without a name
   */
  static Item of(String text) {
    Matcher column = COLUMN.matcher(text);
    if (column.matches()) {
      return new Item(column.group(1), text);
    }
    if (ALL.matcher(text).matches() && SqlScan.word(text, "AS", 0) == text.length()) {
      return new Item("*", text);
    }
    Matcher alias = ALIAS.matcher(text);
    if (!alias.matches()) {
      throw new IllegalArgumentException("an expression without a name: " + text);
    }
    return new Item(alias.group(1), text);
  }

  boolean all() {
    return name.equals("*");
  }

  /** In a SELECT that groups, what is no aggregate makes the groups. */
  boolean aggregate() {
    return AGGREGATE.matcher(text).find();
  }

  Set<String> names() {
    return SqlScan.names(text);
  }
}
