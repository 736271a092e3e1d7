package io.tokenwatt.collectors.exposition;

/** The time behind a value: whole milliseconds in Prometheus text, seconds in OpenMetrics. */
final class TimestampReader {

  private final LineCursor line;

  TimestampReader(LineCursor line) {
    this.line = line;
  }

  /**
   * Milliseconds since 1970 UTC, rounded; a time beyond what a long holds is held at its bounds.
   *
   * @throws BadLine where there is no timestamp
   */
  long read() {
    return line.strict ? readSeconds() : readMilliseconds();
  }

  /** Reads a timestamp in seconds, as exemplars have it in both formats. */
  long readSeconds() {
    int to = line.wordEnd();
    double seconds;
    try {
      seconds = Decimal.parse(line.bytes, line.at, to);
    } catch (BadLine notANumber) {
      throw new BadLine("timestamp is not a number");
    }
    if (!Double.isFinite(seconds)) {
      throw new BadLine("timestamp is not a number");
    }
    line.at = to;
    return atLeast(Math.round(seconds * 1000));
  }

  private long readMilliseconds() {
    boolean negative = line.pass('-');
    if (!negative) {
      line.pass('+');
    }
    int from = line.at;
    long value = 0;
    while (line.at < line.end && line.peek() >= '0' && line.peek() <= '9') {
      int digit = line.peek() - '0';
      value = value > (Long.MAX_VALUE - digit) / 10 ? Long.MAX_VALUE : 10 * value + digit;
      line.at++;
    }
    if (line.at == from || !line.atEnd() && !LineCursor.isBlank(line.bytes[line.at])) {
      throw new BadLine("timestamp is not a whole number");
    }
    return atLeast(negative ? -value : value);
  }

  /** The least long means "no timestamp". */
  private static long atLeast(long timestampMs) {
    return Math.max(timestampMs, Sample.NO_TIMESTAMP + 1);
  }
}
