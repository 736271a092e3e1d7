package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Sample;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the serving engine of one exposition. One thread. */
final class EngineReader {
  static final String PROCESS_START = "process_start_time_seconds";
  private static final Scale SECONDS_TO_MILLIS = Scale.of("1000");

  private final EngineSection section;
  private final Readings readings;
  private final EngineValues values = new EngineValues();
  private final EngineHistograms histograms;
  private final Map<String, String> info = new TreeMap<>();
  private long processStartMs;
  private long firstCreatedMs;

  EngineReader(EngineSection section, Readings readings) {
    this.section = section;
    this.readings = readings;
    this.histograms = new EngineHistograms(readings);
  }

  void read(Sample sample) {
    if (sample.name().equals(PROCESS_START)) {
      readings.slots().constant(sample);
      processStartMs = earlier(processStartMs, sample.value());
    } else if (section.created().contains(sample.name())) {
      readings.slots().constant(sample);
      firstCreatedMs = earlier(firstCreatedMs, sample.value());
    }
    for (String label : section.info().getOrDefault(sample.name(), List.of())) {
      String value = sample.labels().get(label);
      if (value != null && !value.isEmpty()) {
        info.putIfAbsent(label, value);
      }
    }
    section.values().of(sample.name()).forEach(hook -> value(sample, hook));
    section.histograms().of(sample.name()).forEach(hook -> histogram(sample, hook));
  }

  private void value(Sample sample, Hook<EngineMetric> hook) {
    if (!hook.part().admits(sample.labels())) {
      return;
    }
    long value = readings.of(sample, hook);
    if (value != Readings.ABSENT) {
      EngineLabels labels = section.labels();
      values.add(
          hook,
          labels.keyOf(sample.labels()),
          labels.foldOf(sample.labels()),
          value,
          readings.slot());
    }
  }

  private void histogram(Sample sample, HistogramHook hook) {
    if (hook.admits(sample.labels())) {
      EngineLabels labels = section.labels();
      histograms.add(sample, hook, labels.keyOf(sample.labels()), labels.foldOf(sample.labels()));
    }
  }

  // A time of 0 or below, NaN or beyond the year 10000 is no time: unknown, as if absent.
  private static long earlier(long knownMs, double seconds) {
    if (!(seconds > 0 && seconds < 253_402_300_800.0)) {
      return knownMs;
    }
    long ms = SECONDS_TO_MILLIS.apply(seconds);
    return knownMs == 0 ? ms : Math.min(knownMs, ms);
  }

  Engine engine(String instance, String kind) {
    Map<SeriesKey, EngineSeries.Builder> series = new TreeMap<>();
    for (EngineMetric metric : EngineMetric.values()) {
      values.fold(metric, (key, value) -> builder(series, key).addMetrics(metric).addValues(value));
    }
    histograms.fold((key, histogram) -> builder(series, key).addHistograms(histogram));
    Engine.Builder engine =
        Engine.newBuilder()
            .setInstance(instance)
            .setKind(kind)
            .setStartedAtMs(processStartMs > 0 ? processStartMs : firstCreatedMs)
            .putAllInfo(info)
            .setCountsAtFinish(values.countsAtFinish(EngineMetric.ENGINE_OUTPUT_TOKENS));
    series.values().forEach(engine::addSeries);
    return engine.build();
  }

  /**
   * Null where it cannot be read by values alone.
   *
   * @param read what {@link #engine} gave
   */
  EnginePlan plan(Engine read) {
    return EnginePlan.of(read, values, histograms);
  }

  private static EngineSeries.Builder builder(
      Map<SeriesKey, EngineSeries.Builder> series, SeriesKey key) {
    return series.computeIfAbsent(
        key, k -> EngineSeries.newBuilder().setModelName(k.model()).setRank(k.rank()));
  }
}
