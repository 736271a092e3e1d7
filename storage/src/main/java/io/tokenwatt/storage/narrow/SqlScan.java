package io.tokenwatt.storage.narrow;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds places in SQL that stand outside quotes and, where it matters, outside brackets. */
final class SqlScan {
  private static final Pattern NAME = Pattern.compile("'(?:[^'\\\\]|\\\\.)*'|[A-Za-z_]\\w*");
  private static final Pattern COMMENT = Pattern.compile("(?m)--.*$");

  private SqlScan() {}

  /** Without comments, and with single blanks for all white space. */
  static String oneLine(String sql) {
    return COMMENT.matcher(sql).replaceAll("").replaceAll("\\s+", " ").strip();
  }

  /** All names outside quotes: of columns, aliases, functions and keywords alike. */
  static Set<String> names(String sql) {
    Set<String> names = new HashSet<>();
    Matcher matcher = NAME.matcher(sql);
    while (matcher.find()) {
      if (!matcher.group().startsWith("'")) {
        names.add(matcher.group());
      }
    }
    return names;
  }

  /** Parts between commas of the outer level; empty ones are left out. */
  static List<String> items(String sql) {
    List<String> items = new ArrayList<>();
    int begin = 0;
    for (int at = 0; at <= sql.length(); at = next(sql, at)) {
      if (at == sql.length() || sql.charAt(at) == ',') {
        String item = sql.substring(begin, at).strip();
        if (!item.isEmpty()) {
          items.add(item);
        }
        begin = at + 1;
      }
      if (at == sql.length()) {
        break;
      }
    }
    return items;
  }

  /**
   * Where a word stands on the outer level.
   *
   * @return the length of the text if it does not
   */
  static int word(String sql, String word, int from) {
    for (int at = from; at < sql.length(); at = next(sql, at)) {
      int end = at + word.length();
      if (sql.startsWith(word, at)
          && (at == 0 || !part(sql.charAt(at - 1)))
          && (end == sql.length() || !part(sql.charAt(end)))) {
        return at;
      }
    }
    return sql.length();
  }

  /** Index of the bracket that closes the one at {@code open}. */
  static int closing(String sql, int open) {
    return next(sql, open) - 1;
  }

  /** The next place of the same level: behind a quote, or a bracket and all that it holds. */
  private static int next(String sql, int at) {
    char c = sql.charAt(at);
    if (c == '\'') {
      int end = at + 1;
      while (sql.charAt(end) != '\'') {
        end += sql.charAt(end) == '\\' ? 2 : 1;
      }
      return end + 1;
    }
    if (c == '(' || c == '[' || c == '{') {
      int inner = at + 1;
      while (")]}".indexOf(sql.charAt(inner)) < 0) {
        inner = next(sql, inner);
      }
      return inner + 1;
    }
    return at + 1;
  }

  private static boolean part(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }
}
