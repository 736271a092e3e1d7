package io.tokenwatt.collectors.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.ExpositionFormat;
import io.tokenwatt.collectors.exposition.ExpositionParser;
import io.tokenwatt.model.catalogue.HistogramBounds;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.LatencyMeasure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** Expositions as readings: real dumps of the corpus, or a few lines written in a test. */
final class Readouts {
  static final ExporterCatalogue CATALOGUE = ExporterCatalogue.standard();
  private static final Path CORPUS =
      Path.of(System.getProperty("tokenwatt.root", "..")).resolve("../shared/corpus/exporters");

  private Readouts() {}

  /** Skips the test, by the dump's name, where the corpus is absent. */
  static Exposition corpus(String name) {
    Path file = CORPUS.resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "no corpus here: " + name);
    try {
      return parse(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TargetReading ofCorpus(String name) {
    return detectAndRead(corpus(name));
  }

  static TargetReading of(String... lines) {
    return detectAndRead(text(lines));
  }

  static Exposition text(String... lines) {
    return parse((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  static TargetReading detectAndRead(Exposition exposition) {
    return CATALOGUE.detect(exposition).orElseThrow().read(exposition, "t1");
  }

  private static Exposition parse(byte[] body) {
    return ExpositionParser.parse(body, body.length, ExpositionFormat.PROMETHEUS_TEXT);
  }

  static EngineSeries series(TargetReading reading, String model, String rank) {
    return engine(reading).getSeriesList().stream()
        .filter(s -> s.getModelName().equals(model) && s.getRank().equals(rank))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no such series in " + engine(reading)));
  }

  static EngineSeries onlySeries(TargetReading reading) {
    assertThat(engine(reading).getSeriesList()).hasSize(1);
    return engine(reading).getSeries(0);
  }

  static Engine engine(TargetReading reading) {
    return reading.engine().orElseThrow();
  }

  static Map<EngineMetric, Long> values(EngineSeries series) {
    Map<EngineMetric, Long> values = new EnumMap<>(EngineMetric.class);
    for (int i = 0; i < series.getMetricsCount(); i++) {
      values.put(series.getMetrics(i), series.getValues(i));
    }
    return values;
  }

  static Histogram histogram(EngineSeries series, LatencyMeasure measure) {
    return series.getHistogramsList().stream()
        .filter(histogram -> histogram.getMeasure() == measure)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + measure + " in " + series));
  }

  static long observations(Histogram histogram) {
    return histogram.getCountsList().stream().mapToLong(Long::longValue).sum();
  }

  /** The finite bounds, written out or named. */
  static long[] boundsNs(Histogram histogram) {
    return HistogramBounds.of(histogram).orElseThrow().nanos();
  }
}
