package io.tokenwatt.collectors.exposition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A page of Prometheus text read before. A target's next page mostly differs in the digits behind
 * its series and nowhere else, so comparing bytes proves name, labels and metadata unchanged, and
 * only the numbers are read. All or nothing: at the first difference elsewhere the page is read
 * anew. For one thread; reading makes no garbage.
 */
final class Template {

  /** Larger pages are not remembered; an exporter's are some hundred kilobytes at most. */
  static final int MAX_BYTES = 1 << 20;

  private final byte[] page;
  private final int[] values;
  private final int[] ends;
  private final int[] lineStarts;
  private final Exposition read;
  private final double[] numbers;

  /**
   * @param values where each sample's value begins; it ends with its line
   * @param ends where each sample's line ends, its newline excluded
   * @param lineStarts where each sample's line begins
   */
  private Template(byte[] page, int[] values, int[] ends, int[] lineStarts, Exposition read) {
    this.page = page;
    this.values = values;
    this.ends = ends;
    this.lineStarts = lineStarts;
    this.read = read;
    this.numbers = new double[values.length];
  }

  /** The page with other values, null if it differs in anything else. */
  Exposition read(byte[] body, int end) {
    if (values(body, end) == null) {
      return null;
    }
    List<Sample> samples = new ArrayList<>(numbers.length);
    for (int i = 0; i < numbers.length; i++) {
      Sample before = read.samples().get(i);
      samples.add(new Sample(before.name(), before.labels(), numbers[i], before.line()));
    }
    return read.withSamples(samples);
  }

  /** The samples' values, null if the page differs in anything else. Valid until the next call. */
  double[] values(byte[] body, int end) {
    int at = 0;
    int same = 0;
    for (int i = 0; i < values.length; i++) {
      // From the end of one value to the beginning of the next, lines without a value included.
      int length = values[i] - same;
      if (!isSame(same, length, body, at, end)) {
        return null;
      }
      int from = at + length;
      int to = from;
      while (to < end && body[to] != '\n') {
        to++;
      }
      if (to - from + values[i] - lineStarts[i] > ExpositionParser.MAX_LINE_BYTES) {
        return null;
      }
      try {
        numbers[i] = Decimal.parse(body, from, to);
      } catch (BadLine somethingElseFollows) {
        return null;
      }
      at = to;
      same = ends[i];
    }
    return endsAlike(same, body, at, end) ? numbers : null;
  }

  /**
   * What follows the last value; its line may have lost or got a newline at the end of the page.
   */
  private boolean endsAlike(int same, byte[] body, int at, int end) {
    int length = page.length - same;
    if (values.length > 0 && length <= 1 && end - at <= 1) {
      return true;
    }
    return length == end - at && isSame(same, length, body, at, end);
  }

  private boolean isSame(int from, int length, byte[] body, int at, int end) {
    return length <= end - at && Arrays.equals(page, from, from + length, body, at, at + length);
  }

  /** Takes down where lines and values begin while a page is read the long way. */
  static final class Recorder {

    private int[] starts = new int[256];
    private int[] values = new int[256];
    private int lines;
    private int samples;
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
      samples++;
      fits &= !exemplar && !sample.hasTimestamp();
    }

    /** What was taken down, null where the page's next one would not fit it anyway. */
    Template template(byte[] body, int end, Exposition read) {
      if (!fits || end > MAX_BYTES) {
        return null;
      }
      starts[lines] = end > 0 && body[end - 1] != '\n' ? end + 1 : end;
      int[] valuesOf = new int[samples];
      int[] ends = new int[samples];
      int[] lineStarts = new int[samples];
      int sample = 0;
      for (int line = 0; line < lines; line++) {
        if (values[line] > 0) {
          valuesOf[sample] = values[line];
          lineStarts[sample] = starts[line];
          ends[sample++] = starts[line + 1] - 1;
        }
      }
      return new Template(Arrays.copyOf(body, end), valuesOf, ends, lineStarts, read);
    }
  }
}
