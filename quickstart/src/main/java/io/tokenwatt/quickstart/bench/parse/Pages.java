package io.tokenwatt.quickstart.bench.parse;

import io.tokenwatt.collectors.exporters.Exporter;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.exporters.ReadingPlan;
import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.ExpositionFormat;
import io.tokenwatt.collectors.exposition.ExpositionParser;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.function.ToDoubleFunction;

/** Pages of one target and the ways to read them, in CPU time of this thread. */
final class Pages {
  private static final ExpositionFormat TEXT = ExpositionFormat.PROMETHEUS_TEXT;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final byte[][] pages;
  private final int samples;
  private final ExpositionParser parser = new ExpositionParser();
  private final Exporter exporter;
  private final ReadingPlan plan;
  private double sink;

  private Pages(byte[][] pages) {
    this.pages = pages;
    Exposition first = parser.read(pages[0], pages[0].length, TEXT);
    this.samples = first.samples().size();
    this.exporter = ExporterCatalogue.standard().detect(first).orElseThrow();
    this.plan = exporter.learn(first, "t").plan().orElseThrow();
  }

  static Pages of(LongFunction<byte[]> page) {
    byte[][] pages = new byte[16][];
    for (int i = 0; i < pages.length; i++) {
      pages[i] = page.apply(i);
    }
    return new Pages(pages);
  }

  double bytesPerSample() {
    return Arrays.stream(pages).mapToInt(page -> page.length).average().orElseThrow() / samples;
  }

  int samples() {
    return samples;
  }

  byte[] page(int i) {
    return pages[i & 15];
  }

  /**
   * Both ways on each page, against the JDK's own parsing.
   *
   * @throws IllegalStateException if a value differs
   */
  void check() {
    for (byte[] page : pages) {
      double[] expected =
          new String(page, StandardCharsets.US_ASCII)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
              .toArray();
      double[] values = parser.valuesIfAlike(page, page.length, TEXT);
      Exposition whole = ExpositionParser.parse(page, page.length, TEXT);
      double[] tokenized = whole.samples().stream().mapToDouble(s -> s.value()).toArray();
      TargetReading reading = plan.read(values).orElseThrow();
      if (!Arrays.equals(values, expected)
          || !Arrays.equals(tokenized, expected)
          || !reading.equals(exporter.read(whole, "t"))) {
        throw new IllegalStateException(
            "WRONG RESULT: a page is read otherwise than it is written");
      }
    }
  }

  /** Steady, to the values as written. */
  double values(int passes) {
    return nanosPerSample(passes, page -> parser.valuesIfAlike(page, page.length, TEXT)[0]);
  }

  /** Steady, to what the agent publishes. */
  double reading(int passes) {
    return nanosPerSample(
        passes,
        page ->
            plan.read(parser.valuesIfAlike(page, page.length, TEXT)).orElseThrow().gpus().size());
  }

  /** A page of a target never seen. */
  double tokenizer(int passes) {
    return nanosPerSample(
        passes, page -> ExpositionParser.parse(page, page.length, TEXT).samples().size());
  }

  private double nanosPerSample(int passes, ToDoubleFunction<byte[]> read) {
    long start = THREADS.getCurrentThreadCpuTime();
    for (int i = 0; i < passes; i++) {
      sink += read.applyAsDouble(pages[i & 15]);
    }
    return (double) (THREADS.getCurrentThreadCpuTime() - start) / passes / samples;
  }
}
