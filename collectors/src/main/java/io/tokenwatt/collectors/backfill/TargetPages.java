package io.tokenwatt.collectors.backfill;

import io.tokenwatt.collectors.exporters.Exporter;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.exporters.TargetReading;
import io.tokenwatt.collectors.exposition.Exposition;
import io.tokenwatt.collectors.exposition.Labels;
import io.tokenwatt.collectors.exposition.Sample;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a Prometheus kept of one target over some time: all samples of one scrape carry one time, so
 * they are put together again to the page that was scraped.
 */
final class TargetPages {
  /** A series with the labels that the exporter wrote. */
  private record Written(String name, Labels labels, RawSeries raw) {}

  private final SourceTarget target;
  private final List<Written> series = new ArrayList<>();
  private final long[] times;
  private final Optional<Exporter> exporter;

  /**
   * @param raw all series of the target, in any order
   */
  TargetPages(SourceTarget target, List<RawSeries> raw, ExporterCatalogue catalogue) {
    this.target = target;
    raw.forEach(
        one -> series.add(new Written(one.name(), TargetMapping.asWritten(one.labels()), one)));
    // Whatever order the server answers in, boards get the same rows.
    series.sort(Comparator.comparing(Written::name).thenComparing(one -> one.labels().toString()));
    this.times =
        raw.stream()
            .flatMapToLong(s -> java.util.Arrays.stream(s.ms()))
            .distinct()
            .sorted()
            .toArray();
    this.exporter =
        target.kind().isPresent()
            ? catalogue.byName(target.kind().get())
            : catalogue.detect(page(series.stream().map(s -> sample(s, 0)).toList()));
  }

  SourceTarget target() {
    return target;
  }

  /** When it was scraped, ascending. */
  long[] times() {
    return times;
  }

  /** The time of the last page in (fromMs, toMs]; empty where there is none. */
  java.util.OptionalLong last(long fromMs, long toMs) {
    int i = java.util.Arrays.binarySearch(times, toMs);
    int at = i >= 0 ? i : -i - 2;
    return at >= 0 && times[at] > fromMs
        ? java.util.OptionalLong.of(times[at])
        : java.util.OptionalLong.empty();
  }

  /** An exporter of the catalogue reads it. */
  boolean isKnown() {
    return exporter.isPresent();
  }

  /** Call only where {@link #isKnown}. */
  Exporter exporter() {
    return exporter.orElseThrow();
  }

  /** The page scraped exactly then, read; call only where {@link #isKnown}. */
  TargetReading reading(long atMs) {
    List<Sample> samples = new ArrayList<>();
    for (Written one : series) {
      int i = one.raw().at(atMs);
      if (i >= 0) {
        samples.add(sample(one, i));
      }
    }
    Map<String, String> adapters = target.adapters();
    return exporter.orElseThrow().read(page(samples), target.name()).withAdapters(adapters);
  }

  private static Sample sample(Written one, int i) {
    return new Sample(one.name(), one.labels(), one.raw().values()[i], 0);
  }

  private static Exposition page(List<Sample> samples) {
    return new Exposition(samples, List.of(), samples.size(), 0, Map.of());
  }
}
