package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Sample;
import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.LatencyMeasure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Latency histograms of one engine while an exposition is read, then folded. One thread. */
final class EngineHistograms {
  private static final Shape COUNT = new Shape(false, false, true);
  private static final Shape DURATION = new Shape(false, false, false);

  private final Readings readings;
  private final Map<Key, Buckets> all = new LinkedHashMap<>();
  private final Map<Key, Integer> firstLines = new HashMap<>();

  private record Key(HistogramHook family, SeriesKey series, String fold) {}

  EngineHistograms(Readings readings) {
    this.readings = readings;
  }

  void add(Sample sample, HistogramHook hook, SeriesKey series, String fold) {
    HistogramHook family = new HistogramHook(hook.measure(), hook.rank(), hook.source(), true);
    Key key = new Key(family, series, fold);
    Buckets buckets = all.computeIfAbsent(key, k -> new Buckets());
    firstLines.putIfAbsent(key, sample.line());
    if (hook.bucket()) {
      bucket(sample, hook.source().unit(), buckets);
    } else {
      sum(sample, hook.source().unit(), buckets);
    }
  }

  private static void bucket(Sample sample, TimeUnits unit, Buckets buckets) {
    String objection = COUNT.objection(sample.value(), Scale.ONE);
    String le = sample.labels().get("le");
    if (objection != null || le == null) {
      buckets.object(le == null ? "bucket without le" : "bucket count " + objection);
    } else if (le.equals("+Inf") || le.equals("Inf")) {
      buckets.infinite(Scale.ONE.apply(sample.value()));
    } else {
      finite(le, Scale.ONE.apply(sample.value()), unit, buckets);
    }
  }

  private static void finite(String le, long cumulative, TimeUnits unit, Buckets buckets) {
    try {
      // The bound as printed, not as a double, so that 0.3 s is 300000000 ns.
      BigDecimal nanos = new BigDecimal(le).multiply(unit.toNanos.factor());
      buckets.bucket(nanos.setScale(0, RoundingMode.HALF_EVEN).longValueExact(), cumulative);
    } catch (ArithmeticException | NumberFormatException e) {
      buckets.object("bucket bound le=\"" + le + "\" is no duration");
    }
  }

  private static void sum(Sample sample, TimeUnits unit, Buckets buckets) {
    String objection = DURATION.objection(sample.value(), unit.toMicros);
    if (objection == null) {
      buckets.sum(unit.toMicros.apply(sample.value()));
    } else {
      buckets.object("sum " + objection);
    }
  }

  /** The latencies per series, in the order of measures; what is no histogram is rejected. */
  void fold(BiConsumer<SeriesKey, Histogram> to) {
    Map<LatencyMeasure, Winners> winners = new EnumMap<>(LatencyMeasure.class);
    all.keySet().forEach(key -> winnersOf(winners, key).seen(key.series.model(), rank(key)));
    Map<LatencyMeasure, Map<SeriesKey, Buckets>> folded = new EnumMap<>(LatencyMeasure.class);
    all.forEach(
        (key, buckets) -> {
          if (winnersOf(winners, key).counts(key.series.model(), rank(key))) {
            keepIfSound(key, buckets, folded);
          }
        });
    folded.forEach(
        (measure, bySeries) ->
            bySeries.forEach((series, buckets) -> to.accept(series, buckets.histogram(measure))));
  }

  private void keepIfSound(
      Key key, Buckets buckets, Map<LatencyMeasure, Map<SeriesKey, Buckets>> folded) {
    String objection = buckets.objection();
    if (objection == null) {
      folded
          .computeIfAbsent(key.family.measure(), measure -> new LinkedHashMap<>())
          .merge(key.series, buckets, EngineHistograms::fuller);
    } else {
      String series = String.join(" ", List.of(key.series.model(), key.series.rank(), key.fold));
      String text = (key.family.source().family() + " " + series).strip();
      readings.reject(firstLines.get(key), objection, text);
    }
  }

  // Ranks that repeat the same work: the one that has seen most.
  private static Buckets fuller(Buckets a, Buckets b) {
    return a.observations() >= b.observations() ? a : b;
  }

  private static Winners winnersOf(Map<LatencyMeasure, Winners> winners, Key key) {
    return winners.computeIfAbsent(key.family.measure(), measure -> new Winners());
  }

  private static int rank(Key key) {
    return key.family.rank();
  }
}
