package io.tokenwatt.collectors.backfill;

/** Texts inside PromQL. */
final class PromQl {
  private PromQl() {}

  /** A text that a regular expression inside a quoted string matches literally. */
  static String escaped(String literal) {
    StringBuilder text = new StringBuilder();
    for (char c : literal.toCharArray()) {
      if (c == '"' || c == '\\') {
        text.append(c == '"' ? "\\\"" : "\\\\\\\\");
      } else if ("^$.|?*+()[]{}".indexOf(c) >= 0) {
        text.append("\\\\").append(c);
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
