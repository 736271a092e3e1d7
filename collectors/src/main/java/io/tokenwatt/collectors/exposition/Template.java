package io.tokenwatt.collectors.exposition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A page of Prometheus text read before. A target's next page mostly differs in the digits behind
 * its series and nowhere else, so comparing bytes proves name, labels and metadata unchanged, and
 * only the numbers are read. All or nothing: at the first difference elsewhere the page is read
 * anew. Immutable, but for the samples' values, which are not used.
 */
final class Template {

  /** Larger pages are not remembered; an exporter's are some hundred kilobytes at most. */
  static final int MAX_BYTES = 1 << 20;

  private final byte[] page;
  private final int[] starts;
  private final int[] values;
  private final Exposition read;

  /**
   * @param starts where each line begins, and the page's length
   * @param values where each line's value begins, 0 for a line without one
   */
  private Template(byte[] page, int[] starts, int[] values, Exposition read) {
    this.page = page;
    this.starts = starts;
    this.values = values;
    this.read = read;
  }

  /** The page with other values, null if it differs in anything else. */
  Exposition read(byte[] body, int end) {
    List<Sample> samples = new ArrayList<>(read.samples().size());
    int at = 0;
    for (int line = 0; line < values.length; line++) {
      at = values[line] == 0 ? sameLine(line, body, at, end) : value(line, body, at, end, samples);
      if (at < 0) {
        return null;
      }
    }
    // Beyond the last line's end, as its newline may be missing.
    return at < end ? null : read.withSamples(samples);
  }

  private int sameLine(int line, byte[] body, int at, int end) {
    int length = starts[line + 1] - starts[line];
    return isSame(starts[line], length, body, at, end) ? at + length : -1;
  }

  /** Reads a value that ends with its line; gives the start of the next line, or -1. */
  private int value(int line, byte[] body, int at, int end, List<Sample> samples) {
    int length = values[line] - starts[line];
    if (!isSame(starts[line], length, body, at, end)) {
      return -1;
    }
    int from = at + length;
    int to = from;
    while (to < end && body[to] != '\n') {
      to++;
    }
    if (to - at > ExpositionParser.MAX_LINE_BYTES) {
      return -1;
    }
    try {
      double value = Decimal.parse(body, from, to);
      Sample before = read.samples().get(samples.size());
      samples.add(new Sample(before.name(), before.labels(), value, before.line()));
    } catch (BadLine somethingElseFollows) {
      return -1;
    }
    return to + 1;
  }

  private boolean isSame(int from, int length, byte[] body, int at, int end) {
    return length <= end - at && Arrays.equals(page, from, from + length, body, at, at + length);
  }

  /** Takes down where lines and values begin while a page is read the long way. */
  static final class Recorder {

    private int[] starts = new int[256];
    private int[] values = new int[256];
    private int lines;
    private boolean fits = true;

    void onLine(int start) {
      if (lines + 1 >= starts.length) {
        starts = Arrays.copyOf(starts, 2 * starts.length);
        values = Arrays.copyOf(values, 2 * values.length);
      }
      starts[lines++] = start;
    }

    /** The line begun last holds a sample, whose value begins there. */
    void onSample(Sample sample, boolean exemplar, int valueAt) {
      values[lines - 1] = valueAt;
      fits &= !exemplar && !sample.hasTimestamp();
    }

    /** What was taken down, null where the page's next one would not fit it anyway. */
    Template template(byte[] body, int end, Exposition read) {
      if (!fits || end > MAX_BYTES) {
        return null;
      }
      starts[lines] = end;
      return new Template(
          Arrays.copyOf(body, end),
          Arrays.copyOf(starts, lines + 1),
          Arrays.copyOf(values, lines),
          read);
    }
  }
}
