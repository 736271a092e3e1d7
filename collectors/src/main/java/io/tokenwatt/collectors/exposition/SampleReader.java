package io.tokenwatt.collectors.exposition;

/** A line that carries a value: name, labels, value, perhaps a timestamp and an exemplar. */
final class SampleReader {

  /** OpenMetrics: names and values of an exemplar's labels together. */
  private static final int MAX_EXEMPLAR_CHARACTERS = 128;

  private final LineCursor line;
  private final LabelReader labelReader;
  private final TimestampReader timestamps;
  private boolean exemplar;
  private int valueAt;

  SampleReader(LineCursor line) {
    this.line = line;
    this.labelReader = new LabelReader(line);
    this.timestamps = new TimestampReader(line);
  }

  /**
   * The sample of the line the cursor stands at.
   *
   * @throws BadLine where there is none
   */
  Sample read(int number) {
    exemplar = false;
    String name = line.peek() == '{' ? null : line.metricName();
    boolean parted = !line.strict && line.passGap();
    Labels labels = Labels.EMPTY;
    if (line.peek() == '{') {
      labels = labelReader.read();
      name = nameOf(name);
      // Prometheus text needs nothing between the brace and the value.
      parted = !line.strict;
    }
    parted |= line.passGap();
    if (!parted && !line.atEnd()) {
      throw new BadLine("blank expected before the value");
    }
    valueAt = line.at;
    double value = value();
    long timestampMs = tail();
    return new Sample(name, labels, value, timestampMs, number);
  }

  /** True if the line read last carries an exemplar. It is checked, not kept. */
  boolean hadExemplar() {
    return exemplar;
  }

  /** Where the value of the line read last begins. */
  int valueAt() {
    return valueAt;
  }

  private String nameOf(String bareName) {
    String quotedName = labelReader.metricName();
    if (bareName == null && quotedName == null) {
      throw new BadLine("metric has no name");
    }
    if (bareName != null && quotedName != null) {
      throw new BadLine("metric has two names");
    }
    if (quotedName != null && quotedName.isEmpty()) {
      throw new BadLine("metric has no name");
    }
    return bareName == null ? quotedName : bareName;
  }

  private double value() {
    if (line.peek() == '{') {
      throw new BadLine("native histogram: only histograms of buckets are read");
    }
    int to = line.wordEnd();
    if (to == line.at) {
      throw new BadLine("value is missing");
    }
    double value = Decimal.parse(line.bytes, line.at, to);
    line.at = to;
    return value;
  }

  /** What follows the value; gives the timestamp, if any. */
  private long tail() {
    long timestampMs = Sample.NO_TIMESTAMP;
    if (moreFollows() && line.peek() != '#') {
      timestampMs = timestamps.read();
      if (moreFollows() && line.peek() != '#') {
        throw new BadLine("text after the timestamp");
      }
    }
    if (!line.atEnd()) {
      readExemplar();
    }
    return timestampMs;
  }

  /**
   * Passes the gap behind a number. False where the line is over; a gap then is Prometheus only.
   */
  private boolean moreFollows() {
    if (line.atEnd()) {
      return false;
    }
    if (!line.passGap() || line.strict && line.atEnd()) {
      throw new BadLine("blank at the end of the line, or two blanks");
    }
    return !line.atEnd();
  }

  private void readExemplar() {
    line.at++;
    boolean parted = line.passGap() || !line.strict;
    if (!parted || line.peek() != '{') {
      throw new BadLine("exemplar is malformed");
    }
    Labels labels = labelReader.read();
    if (labelReader.metricName() != null || line.strict && isTooLong(labels)) {
      throw new BadLine("exemplar is malformed");
    }
    if (!line.passGap()) {
      throw new BadLine("exemplar has no value");
    }
    value();
    if (moreFollows()) {
      timestamps.readSeconds();
      if (moreFollows()) {
        throw new BadLine("text after the exemplar");
      }
    }
    exemplar = true;
  }

  private static boolean isTooLong(Labels labels) {
    int characters = 0;
    for (int i = 0; i < labels.size(); i++) {
      characters += labels.name(i).codePointCount(0, labels.name(i).length());
      characters += labels.value(i).codePointCount(0, labels.value(i).length());
    }
    return characters > MAX_EXEMPLAR_CHARACTERS;
  }
}
