package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Labels;
import io.tokenwatt.collectors.exposition.Sample;
import io.tokenwatt.model.proto.GpuMetric;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the boards of one exposition. One thread. */
final class GpuReader {
  private final GpuSection section;
  private final Readings readings;
  private final Map<GpuRow.Key, GpuRow> rows = new LinkedHashMap<>();
  // A board's metrics repeat one label set: it is understood once.
  private final Map<Labels, GpuRow> byLabels = new HashMap<>();
  private final Map<String, GpuId> ids = new HashMap<>();
  private String driver = "";

  GpuReader(GpuSection section, Readings readings) {
    this.section = section;
    this.readings = readings;
  }

  void read(Sample sample) {
    List<Hook<GpuMetric>> hooks = section.index().of(sample.name());
    if (hooks.isEmpty() && !section.info().contains(sample.name())) {
      return;
    }
    GpuRow row = byLabels.get(sample.labels());
    if (row == null) {
      row = describedRow(sample);
      if (row == null) {
        return;
      }
      byLabels.put(sample.labels(), row);
    }
    for (Hook<GpuMetric> hook : hooks) {
      offer(sample, hook, row);
    }
  }

  private GpuRow describedRow(Sample sample) {
    GpuRow row = row(sample);
    if (row != null) {
      row.describe(sample.labels(), section.labels());
      driver = driver.isEmpty() ? section.labels().driver().in(sample.labels()) : driver;
    }
    return row;
  }

  private void offer(Sample sample, Hook<GpuMetric> hook, GpuRow row) {
    boolean elsewhere = hook.source().firstPartitionOnly() && row.instance() > 1;
    if (elsewhere || !hook.part().admits(sample.labels())) {
      return;
    }
    long value = readings.of(sample, hook);
    if (value != Readings.ABSENT) {
      row.offer(hook, value, readings.slot());
    }
  }

  private GpuRow row(Sample sample) {
    String id = section.labels().id().in(sample.labels());
    int instance = section.labels().instanceOf(sample.labels());
    if (id.isEmpty() || instance < 0) {
      String expected = String.join(", ", section.labels().id().names());
      readings.reject(
          sample,
          id.isEmpty()
              ? "names no board: none of the labels " + expected
              : "its instance or partition is no number");
      return null;
    }
    GpuRow.Key key = new GpuRow.Key(ids.computeIfAbsent(id, GpuId::of), instance);
    return rows.computeIfAbsent(key, GpuRow::new);
  }

  List<GpuRowReading> rows() {
    return rows.values().stream().map(GpuRow::reading).toList();
  }

  List<Map<GpuMetric, CellPlan>> plans() {
    return rows.values().stream().map(GpuRow::plan).toList();
  }

  String driver() {
    return driver;
  }
}
