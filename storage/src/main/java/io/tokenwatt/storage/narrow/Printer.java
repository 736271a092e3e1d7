package io.tokenwatt.storage.narrow;

import java.util.List;

/** Lines of SQL, indented. */
final class Printer {
  private static final int WIDTH = 120;
  private static final int STEP = 4;

  private final StringBuilder text = new StringBuilder();
  private int indent;

  Printer(int indent) {
    this.indent = indent;
  }

  Printer in() {
    indent += STEP;
    return this;
  }

  Printer out() {
    indent -= STEP;
    return this;
  }

  Printer line(String line) {
    if (!line.isEmpty()) {
      text.append(" ".repeat(indent)).append(line).append('\n');
    }
    return this;
  }

  /** A list; short items share lines. */
  void filled(List<String> items) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < items.size(); i++) {
      String item = items.get(i) + (i + 1 < items.size() ? "," : "");
      if (!line.isEmpty() && indent + line.length() + 1 + item.length() > WIDTH) {
        line(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(item);
    }
    line(line.toString());
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
