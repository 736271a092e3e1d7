package io.tokenwatt.collectors.exposition;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the body of a scrape. Never throws, whatever the bytes are, and takes time and memory
 * proportional to them. Lines end with a newline or with carriage return and newline; each must be
 * UTF-8 and at most {@value #MAX_LINE_BYTES} bytes long.
 *
 * <p>An instance remembers the body before, so keep one per target: where only values have changed,
 * it compares bytes and reads nothing but the values. Not thread-safe; {@link #parse} is.
 */
public final class ExpositionParser {

  /** Longest line that is read, in bytes, its end excluded. */
  public static final int MAX_LINE_BYTES = 65_536;

  /** So many rejects of a body keep their line's text, so that a hostile body stays small. */
  public static final int MAX_REJECT_TEXTS = 1000;

  private final Symbols symbols;
  private Template template;

  /** A parser for many bodies of one target. */
  public ExpositionParser() {
    this(8192);
  }

  private ExpositionParser(int symbolSlots) {
    symbols = new Symbols(symbolSlots);
  }

  /** Reads the first {@code length} bytes of the body, or all of it if it is shorter. */
  public static Exposition parse(byte[] body, int length, ExpositionFormat format) {
    int end = Math.max(0, Math.min(length, body.length));
    return new Body(body, end, format, new Symbols(1024)).read();
  }

  /** As {@link #parse}, faster for a body that resembles the one before. */
  public Exposition read(byte[] body, int length, ExpositionFormat format) {
    int end = Math.max(0, Math.min(length, body.length));
    boolean text = format == ExpositionFormat.PROMETHEUS_TEXT;
    Exposition again = text && template != null ? template.read(body, end) : null;
    if (again != null) {
      return again;
    }
    Body whole = new Body(body, end, format, symbols);
    Exposition read = whole.read();
    template = text ? whole.recorder.template(body, end, read) : null;
    return read;
  }

  /**
   * The values of all samples of a body that differs from the one {@link #read} before in nothing
   * but values; null where it does, or where it cannot be told. Makes no garbage: the array is
   * valid until the next call.
   */
  public double[] valuesIfAlike(byte[] body, int length, ExpositionFormat format) {
    int end = Math.max(0, Math.min(length, body.length));
    boolean text = format == ExpositionFormat.PROMETHEUS_TEXT;
    return text && template != null ? template.values(body, end) : null;
  }

  /** One body while it is read. */
  private static final class Body {

    private final byte[] bytes;
    private final int end;
    private final boolean openMetrics;
    private final LineCursor line;
    private final SampleReader sampleReader;
    private final MetadataReader metadataReader;
    private final Template.Recorder recorder = new Template.Recorder();
    private final Utf8 utf8 = new Utf8();
    private final List<Sample> samples = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();
    private final Map<String, FamilyType> types = new HashMap<>();
    private final DocumentRules rules;
    private int lines;
    private int comments;
    private boolean eof;

    Body(byte[] bytes, int end, ExpositionFormat format, Symbols symbols) {
      this.bytes = bytes;
      this.end = end;
      this.openMetrics = format == ExpositionFormat.OPENMETRICS;
      this.line = new LineCursor(openMetrics, symbols);
      this.sampleReader = new SampleReader(line);
      this.metadataReader = new MetadataReader(line);
      this.rules = openMetrics ? new OpenMetricsRules() : new PrometheusRules();
    }

    Exposition read() {
      int from = 0;
      while (from < end) {
        int to = from;
        byte all = 0;
        for (; to < end && bytes[to] != '\n'; to++) {
          all |= bytes[to];
        }
        lines++;
        recorder.onLine(from);
        readLine(from, withoutCarriageReturn(from, to), all < 0);
        from = to + 1;
      }
      rules.onEnd(lines, eof);
      return new Exposition(samples, rejects, lines, comments, types, rules.problems());
    }

    private int withoutCarriageReturn(int from, int to) {
      return to < end && to > from && bytes[to - 1] == '\r' ? to - 1 : to;
    }

    private void readLine(int from, int to, boolean beyondAscii) {
      try {
        if (to - from > MAX_LINE_BYTES) {
          throw new BadLine("line is longer than 65536 bytes");
        }
        if (beyondAscii && !utf8.isValid(bytes, from, to)) {
          throw new BadLine("line is not UTF-8");
        }
        line.moveTo(bytes, from, to);
        readLine();
      } catch (BadLine bad) {
        String text = rejects.size() < MAX_REJECT_TEXTS ? text(from, to) : "";
        rejects.add(new Reject(lines, bad.getMessage(), text));
      }
    }

    private void readLine() {
      if (eof) {
        throw new BadLine("line after # EOF");
      }
      if (!openMetrics) {
        line.skipBlanks();
      }
      if (line.atEnd()) {
        comments++;
        rules.onBlankLine(lines);
      } else if (line.peek() == '#') {
        readHash();
      } else {
        Sample sample = sampleReader.read(lines);
        samples.add(sample);
        recorder.onSample(sample, sampleReader.hadExemplar(), sampleReader.valueAt());
        rules.onSample(sample, sampleReader.hadExemplar());
      }
    }

    private void readHash() {
      if (openMetrics && isEof()) {
        eof = true;
      } else {
        Metadata metadata = metadataReader.read();
        if (metadata != null) {
          keep(metadata);
        }
      }
      comments++;
    }

    private void keep(Metadata metadata) {
      if (metadata.kind() == Metadata.Kind.TYPE) {
        types.putIfAbsent(metadata.family(), metadata.type());
      }
      rules.onMetadata(metadata, lines);
    }

    private boolean isEof() {
      return line.end - line.at == 5 && text(line.at, line.end).equals("# EOF");
    }

    /** Enough of the line for {@link Reject#MAX_TEXT} characters; none takes over four bytes. */
    private String text(int from, int to) {
      int length = Math.min(to - from, 4 * Reject.MAX_TEXT);
      return new String(bytes, from, length, StandardCharsets.UTF_8);
    }
  }
}
