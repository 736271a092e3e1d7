package io.tokenwatt.collectors.exposition;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A place in one line, moving from left to right, and the words both formats are made of. A strict
 * line is OpenMetrics: exactly one blank where Prometheus text allows any number of blanks and
 * tabs.
 */
final class LineCursor {

  final boolean strict;
  private final Symbols symbols;
  byte[] bytes;
  int at;
  int end;

  LineCursor(boolean strict, Symbols symbols) {
    this.strict = strict;
    this.symbols = symbols;
  }

  /** Moves to the line of the bytes [from, to), the newline excluded. */
  void moveTo(byte[] body, int from, int to) {
    bytes = body;
    at = from;
    end = to;
  }

  /** The byte here, or -1 at the end of the line; bytes of non-ASCII letters are above 127. */
  int peek() {
    return at < end ? bytes[at] & 0xff : -1;
  }

  boolean atEnd() {
    return at == end;
  }

  /** Passes that byte if it is the next one. */
  boolean pass(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  /** Passes blanks and tabs, if any. */
  void skipBlanks() {
    while (at < end && isBlank(bytes[at])) {
      at++;
    }
  }

  /** Passes what parts two words; false, without moving, if nothing does. */
  boolean passGap() {
    if (strict) {
      return pass(' ');
    }
    int before = at;
    skipBlanks();
    return at > before;
  }

  /** The end of the word that starts here: the next blank or tab, or the end of the line. */
  int wordEnd() {
    int to = at;
    while (to < end && !isBlank(bytes[to])) {
      to++;
    }
    return to;
  }

  /** A metric name that needs no quotes: letters, digits, {@code _} and {@code :}. */
  String metricName() {
    return bareName(':');
  }

  /** A label name that needs no quotes: letters, digits and {@code _}. */
  String labelName() {
    return bareName('_');
  }

  private String bareName(char alsoAllowed) {
    int from = at;
    while (at < end && isNameByte(bytes[at], alsoAllowed)) {
      at++;
    }
    if (at == from || isDigit(bytes[from])) {
      throw new BadLine("name expected: a letter or _ first, then letters, digits or _");
    }
    return symbols.text(bytes, from, at);
  }

  /** A text in quotes, the cursor on the first of them. Unknown escapes stay as written. */
  String quoted() {
    int from = ++at;
    for (boolean escapes = false; at < end; at++) {
      if (bytes[at] == '"') {
        int to = at++;
        return escapes ? unescaped(from, to) : symbols.text(bytes, from, to);
      }
      if (bytes[at] == '\\') {
        escapes = true;
        at++;
      }
    }
    at = end;
    throw new BadLine("quotes are not closed");
  }

  private String unescaped(int from, int to) {
    ByteArrayOutputStream text = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      byte next = bytes[i];
      if (next != '\\') {
        text.write(next);
        continue;
      }
      switch (bytes[++i]) {
        case 'n' -> text.write('\n');
        case '"' -> text.write('"');
        case '\\' -> text.write('\\');
        default -> {
          text.write('\\');
          text.write(bytes[i]);
        }
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }

  private static boolean isDigit(byte b) {
    return b >= '0' && b <= '9';
  }

  private static boolean isNameByte(byte b, char alsoAllowed) {
    int letter = b | 0x20;
    return (letter >= 'a' && letter <= 'z') || b == '_' || isDigit(b) || b == alsoAllowed;
  }
}
