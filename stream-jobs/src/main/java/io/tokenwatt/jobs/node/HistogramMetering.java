package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.meter.Proration;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.catalogue.HistogramBounds;
import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.LatencyMeasure;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Growth of a cumulative histogram between two readings. Its buckets reset as one family. */
final class HistogramMetering {
  private HistogramMetering() {}

  /** What a histogram grew by over (fromMs, toMs]. */
  record Growth(
      String measure,
      long boundsId,
      long[] boundsNs,
      long[] counts,
      long sumUs,
      long fromMs,
      long toMs) {

    /**
     * Spreads each bucket over the windows, or bridges all of it into the arriving sample's window.
     */
    void perWindow(BiConsumer<Long, HistogramPart> parts) {
      if (toMs - fromMs > TimeModel.MAX_GAP_MS) {
        parts.accept(
            Window.startOf(toMs),
            new HistogramPart("engine_bridged", measure, boundsId, boundsNs, counts, sumUs));
        return;
      }
      Map<Long, HistogramPart> windows = new TreeMap<>();
      Proration.perWindow(
          sumUs,
          fromMs,
          toMs,
          (w, from, to, sum) ->
              windows.put(
                  w,
                  new HistogramPart(
                      "engine", measure, boundsId, boundsNs, new long[counts.length], sum)));
      for (int i = 0; i < counts.length; i++) {
        int bucket = i;
        Proration.perWindow(
            counts[i],
            fromMs,
            toMs,
            (w, from, to, count) -> windows.get(w).counts()[bucket] += count);
      }
      windows.forEach(
          (w, part) -> {
            if (Arrays.stream(part.counts()).anyMatch(n -> n != 0)) {
              parts.accept(w, part);
            }
          });
    }
  }

  /** Takes a reading; empty for a baseline and when nothing was observed. */
  static Optional<Growth> growth(
      NodeState.Series series,
      Histogram reading,
      boolean processRestarted,
      OptionalLong countFrom,
      long atMs) {
    Optional<HistogramBounds> told = HistogramBounds.of(reading);
    if (reading.getMeasure() == LatencyMeasure.LATENCY_UNSPECIFIED
        || reading.getMeasure() == LatencyMeasure.UNRECOGNIZED
        || told.isEmpty()
        || reading.getCountsCount() != told.get().nanos().length + 1) {
      return Optional.empty();
    }
    long[] bounds = told.get().nanos();
    long[] counts = reading.getCountsList().stream().mapToLong(Long::longValue).toArray();
    long boundsId = told.get().key();
    NodeState.Histogram last = series.histograms.get(reading.getMeasureValue());
    NodeState.Histogram now = new NodeState.Histogram();
    now.boundsId = boundsId;
    now.counts = counts;
    now.sumUs = reading.getSumUs();
    now.readMs = atMs;
    series.histograms.put(reading.getMeasureValue(), now);
    String measure =
        reading.getMeasure().name().substring("LATENCY_".length()).toLowerCase(Locale.ROOT);
    if (last == null) {
      return countFrom.isPresent()
          ? nonEmpty(
              new Growth(measure, boundsId, bounds, counts, now.sumUs, countFrom.getAsLong(), atMs))
          : Optional.empty();
    }
    boolean restarted =
        processRestarted || last.boundsId != boundsId || anyFell(last.counts, counts);
    long[] delta = counts.clone();
    if (!restarted) {
      for (int i = 0; i < delta.length; i++) {
        delta[i] -= last.counts[i];
      }
    }
    long sum = restarted ? now.sumUs : Math.max(0, now.sumUs - last.sumUs);
    return nonEmpty(new Growth(measure, boundsId, bounds, delta, sum, last.readMs, atMs));
  }

  private static Optional<Growth> nonEmpty(Growth growth) {
    return Arrays.stream(growth.counts).anyMatch(n -> n != 0)
        ? Optional.of(growth)
        : Optional.empty();
  }

  private static boolean anyFell(long[] before, long[] now) {
    for (int i = 0; i < before.length; i++) {
      if (now[i] < before[i]) {
        return true;
      }
    }
    return false;
  }
}
