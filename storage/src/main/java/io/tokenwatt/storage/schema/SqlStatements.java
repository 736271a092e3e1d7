package io.tokenwatt.storage.schema;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits a script at the semicolons that end statements; those inside quotes ('…', "…", `…`) and
 * comments (-- to the end of line, / * … * /) do not. Statements of comments only are left out.
 */
final class SqlStatements {
  private final String text;
  private final List<String> statements = new ArrayList<>();
  private int start;
  private boolean blank = true;

  private SqlStatements(String text) {
    this.text = text;
  }

  /**
   * @throws IllegalArgumentException if a quote or comment is never closed, with its line
   */
  static List<String> split(String text) {
    SqlStatements splitter = new SqlStatements(text);
    splitter.run();
    return List.copyOf(splitter.statements);
  }

  private void run() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ';') {
        end(at);
        at++;
      } else if (text.startsWith("--", at)) {
        int newline = text.indexOf('\n', at);
        at = newline < 0 ? text.length() : newline;
      } else if (text.startsWith("/*", at)) {
        at = closing("*/", at, at + 2);
      } else if (c == '\'' || c == '"' || c == '`') {
        blank = false;
        at = quoteEnd(c, at);
      } else {
        blank &= Character.isWhitespace(c);
        at++;
      }
    }
    end(text.length());
  }

  private void end(int at) {
    if (!blank) {
      statements.add(text.substring(start, at).strip());
    }
    start = at + 1;
    blank = true;
  }

  /** A doubled quote needs no care: it closes one literal and opens the next. */
  private int quoteEnd(char quote, int open) {
    int at = open + 1;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == quote) {
        return at + 1;
      }
      at += c == '\\' ? 2 : 1;
    }
    throw unclosed(String.valueOf(quote), open);
  }

  private int closing(String mark, int open, int from) {
    int at = text.indexOf(mark, from);
    if (at < 0) {
      throw unclosed(mark, open);
    }
    return at + mark.length();
  }

  private IllegalArgumentException unclosed(String mark, int open) {
    long line = text.substring(0, open).lines().count();
    return new IllegalArgumentException("no closing " + mark + " for line " + Math.max(line, 1));
  }
}
