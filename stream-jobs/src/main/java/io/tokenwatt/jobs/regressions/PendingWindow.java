package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.efficiency.SettledCell;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of one window before it is judged. Of a board or an engine the newest row counts. A
 * Flink POJO.
 */
public final class PendingWindow {
  public List<SettledCell> cells = new ArrayList<>();
  public Map<String, GpuRow> gpus = new HashMap<>();
  public Map<String, EngineRow> engines = new HashMap<>();

  void add(RegressionInput input) {
    if (input.cell() != null) {
      cells.add(input.cell());
    } else if (input.gpu() != null) {
      GpuRow row = input.gpu();
      gpus.merge(row.gpu(), row, (a, b) -> b.version() >= a.version() ? b : a);
    } else {
      EngineRow row = input.engine();
      String key = String.join("\u001f", row.place().node(), row.instance(), row.model());
      engines.merge(key, row, (a, b) -> b.version() >= a.version() ? b : a);
    }
  }

  /** In an order of their own, whatever order they came in. */
  Iterable<GpuRow> sortedGpus() {
    return new TreeMap<>(gpus).values();
  }

  Iterable<EngineRow> sortedEngines() {
    return new TreeMap<>(engines).values();
  }
}
