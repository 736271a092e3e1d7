package io.tokenwatt.collectors.exposition;

import java.util.Arrays;

/**
 * What stands in braces: labels, and the metric's name in front where that needs quotes ({@code
 * {"my.name", a="b"}}).
 */
final class LabelReader {

  /** More labels than any exporter writes; bounds the search for a name that is there twice. */
  static final int MAX_LABELS = 128;

  private final LineCursor line;
  private final String[] pairs = new String[2 * MAX_LABELS];
  private int filled;
  private String metricName;

  LabelReader(LineCursor line) {
    this.line = line;
  }

  /** Reads from the opening brace to behind the closing one. */
  Labels read() {
    line.at++;
    filled = 0;
    metricName = null;
    line.skipBlanks();
    if (!line.pass('}') && !closesAfterComma()) {
      readItems();
    }
    return filled == 0 ? Labels.EMPTY : new Labels(Arrays.copyOf(pairs, filled));
  }

  /** The quoted metric name of the braces read last, null if there was none. */
  String metricName() {
    return metricName;
  }

  private void readItems() {
    do {
      readItem();
      line.skipBlanks();
      if (line.pass('}')) {
        return;
      }
    } while (nextFollows());
  }

  /** False where the braces close behind a trailing comma. */
  private boolean nextFollows() {
    if (line.peek() != ',') {
      throw new BadLine("comma or closing brace expected after a label");
    }
    if (closesAfterComma()) {
      return false;
    }
    line.at++;
    line.skipBlanks();
    return true;
  }

  /** Passes a comma and the closing brace, if that is what follows. Not in OpenMetrics. */
  private boolean closesAfterComma() {
    int before = line.at;
    if (!line.strict && line.pass(',')) {
      line.skipBlanks();
      if (line.pass('}')) {
        return true;
      }
    }
    line.at = before;
    return false;
  }

  private void readItem() {
    boolean first = filled == 0 && metricName == null;
    boolean quotes = line.peek() == '"';
    String name = quotes ? line.quoted() : line.labelName();
    line.skipBlanks();
    if (line.pass('=')) {
      line.skipBlanks();
      add(name);
    } else if (quotes && first && (line.peek() == ',' || line.peek() == '}')) {
      metricName = name;
    } else {
      throw new BadLine("= expected after a label name");
    }
  }

  private void add(String name) {
    if (line.peek() != '"') {
      throw new BadLine("label value is not in quotes");
    }
    if (filled == pairs.length) {
      throw new BadLine("more than 128 labels");
    }
    for (int i = 0; i < filled; i += 2) {
      if (pairs[i].equals(name)) {
        throw new BadLine("label name is there twice");
      }
    }
    pairs[filled] = name;
    pairs[filled + 1] = line.quoted();
    filled += 2;
  }
}
