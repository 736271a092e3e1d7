package io.tokenwatt.dashboards.expand;

import java.util.ArrayList;
import java.util.List;

/**
 * The arguments in brackets after a macro's name, parted at commas of the outer level.
 *
 * @param end index after the closing bracket
 */
record Call(List<String> arguments, int end) {

  /**
   * @param open index of the opening bracket
   * @throws IllegalArgumentException if it is never closed
   */
  static Call at(String sql, int open) {
    List<String> arguments = new ArrayList<>();
    int depth = 0;
    int begin = open + 1;
    for (int i = open; i < sql.length(); i++) {
      char c = sql.charAt(i);
      if (c == '(') {
        depth++;
      } else if (c == ')' && --depth == 0) {
        arguments.add(sql.substring(begin, i));
        return new Call(arguments, i + 1);
      } else if (c == ',' && depth == 1) {
        arguments.add(sql.substring(begin, i));
        begin = i + 1;
      }
    }
    throw new IllegalArgumentException("a macro's bracket is not closed: " + sql.substring(open));
  }
}
