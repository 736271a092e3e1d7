package io.tokenwatt.storage.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values as RFC 4180 has them: a field in quotes may hold commas and doubled
 * quotes. A field has no line breaks here, so that every problem has a line. Pure.
 */
final class CsvLines {
  private CsvLines() {}

  /**
   * @throws IllegalArgumentException if a quote is not closed
   */
  static List<String> fields(String line) {
    List<String> fields = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder field = new StringBuilder();
      int first = at;
      while (first < line.length() && line.charAt(first) == ' ') {
        first++;
      }
      if (first < line.length() && line.charAt(first) == '"') {
        at = quoted(line, first + 1, field);
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        if (!line.substring(at, end).isBlank()) {
          throw new IllegalArgumentException(
              "text after a closing quote: " + line.substring(at, end));
        }
        at = end;
      } else {
        int comma = line.indexOf(',', at);
        int end = comma < 0 ? line.length() : comma;
        field.append(line, at, end);
        at = end;
      }
      fields.add(field.toString().strip());
      if (at >= line.length()) {
        return fields;
      }
      at++;
    }
  }

  /** Returns the place after the closing quote. */
  private static int quoted(String line, int from, StringBuilder field) {
    int at = from;
    while (at < line.length()) {
      char c = line.charAt(at);
      if (c == '"') {
        if (at + 1 < line.length() && line.charAt(at + 1) == '"') {
          at++;
        } else {
          return at + 1;
        }
      }
      field.append(c);
      at++;
    }
    throw new IllegalArgumentException("a quote is not closed");
  }
}
