package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Sample;
import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.LatencyMeasure;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** Latency histograms of one engine while an exposition is read, then folded. One thread. */
final class EngineHistograms {
  private final Readings readings;
  private final Map<Key, Map<List<String>, Buckets>> all = new LinkedHashMap<>();

  private record Key(
      LatencyMeasure measure, int rank, String family, SeriesKey series, String fold) {}

  private record Folded(LatencyMeasure measure, SeriesKey series) {}

  EngineHistograms(Readings readings) {
    this.readings = readings;
  }

  void add(Sample sample, HistogramHook hook, SeriesKey series, String fold) {
    HistogramSource source = hook.source();
    Key key = new Key(hook.measure(), hook.rank(), source.family(), series, fold);
    Buckets buckets =
        all.computeIfAbsent(key, k -> new LinkedHashMap<>())
            .computeIfAbsent(
                BucketSamples.identity(sample.labels()), id -> new Buckets(sample.line()));
    if (hook.bucket()) {
      BucketSamples.bucket(sample, source.unit(), buckets, readings.slots());
    } else {
      BucketSamples.sum(sample, source.unit(), buckets, readings.slots());
    }
  }

  /** The latencies per series, in order of first mention; what is no histogram is rejected. */
  void fold(BiConsumer<SeriesKey, Histogram> to) {
    Map<LatencyMeasure, Winners> winners = winners();
    Map<Folded, Buckets> folded = new LinkedHashMap<>();
    all.forEach(
        (key, members) -> {
          Buckets sum =
              of(winners, key).counts(key.series.model(), key.rank) ? sum(key, members) : null;
          if (sum != null) {
            // Ranks that repeat the same work: the one that has seen most stands for them.
            folded.merge(new Folded(key.measure, key.series), sum, EngineHistograms::fuller);
          }
        });
    folded.forEach((key, buckets) -> to.accept(key.series, buckets.histogram(key.measure)));
  }

  /**
   * How the latencies came about, in the same order. False where one is told by several ranks:
   * which of them stands for all depends on their values.
   */
  boolean plans(BiConsumer<SeriesKey, HistogramPlan> to) {
    Map<LatencyMeasure, Winners> winners = winners();
    Set<Folded> folded = new HashSet<>();
    boolean single = true;
    for (Map.Entry<Key, Map<List<String>, Buckets>> entry : all.entrySet()) {
      Key key = entry.getKey();
      if (of(winners, key).counts(key.series.model(), key.rank)) {
        single &= folded.add(new Folded(key.measure, key.series));
        List<Buckets> members = List.copyOf(entry.getValue().values());
        to.accept(key.series, HistogramPlan.of(key.measure, members));
      }
    }
    return single;
  }

  private Map<LatencyMeasure, Winners> winners() {
    Map<LatencyMeasure, Winners> winners = new EnumMap<>(LatencyMeasure.class);
    all.keySet().forEach(key -> of(winners, key).seen(key.series.model(), key.rank));
    return winners;
  }

  /** All series of the key as one, null where one of them is unsound: part of it would mislead. */
  private Buckets sum(Key key, Map<List<String>, Buckets> members) {
    Buckets sum = null;
    for (Buckets series : members.values()) {
      String objection = series.objection();
      if (objection == null && sum != null && !sum.add(series)) {
        objection = "histogram series of different buckets cannot be added";
      }
      if (objection != null) {
        String text = String.join(" ", key.family, key.series.model(), key.series.rank());
        readings.reject(series.firstLine(), objection, text.strip());
        return null;
      }
      sum = sum == null ? series : sum;
    }
    return sum;
  }

  private static Buckets fuller(Buckets a, Buckets b) {
    return a.observations() >= b.observations() ? a : b;
  }

  private static Winners of(Map<LatencyMeasure, Winners> winners, Key key) {
    return winners.computeIfAbsent(key.measure, measure -> new Winners());
  }
}
