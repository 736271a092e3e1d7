package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.serving.UnitWindow;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.NodeRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps what a meter hands out as the store would: parts added, rows by their highest version, the
 * last one of equals.
 */
final class Ledger implements FactOutput {
  record Key(long window, Cell cell) {}

  final Map<Key, long[]> cells = new HashMap<>();
  final Map<Key, Long> intervals = new HashMap<>();
  final Map<Key, Integer> quality = new HashMap<>();
  final Map<Key, Long> sourcePeriod = new HashMap<>();
  final Map<Key, Long> nodes = new HashMap<>();
  final Map<String, HistogramPart> histograms = new TreeMap<>();
  final Map<String, GpuRow> gpus = new TreeMap<>();
  final Map<String, EngineRow> engines = new TreeMap<>();
  final Map<String, NodeRow> machines = new TreeMap<>();
  final Map<String, Long> intake = new TreeMap<>();
  final List<ChangeEvent> changes = new ArrayList<>();

  private final Map<String, Unit> units = new TreeMap<>();

  /** The window of one unit and what stage 2 got of it. */
  private static final class Unit {
    private final long startMs;
    private final UnitWindow window = new UnitWindow();

    Unit(CellPart first) {
      startMs = first.windowStartMs();
    }
  }

  @Override
  public void cell(CellPart part) {
    if (part.member() != null) {
      units
          .computeIfAbsent(part.windowStartMs() + part.member().unit(), u -> new Unit(part))
          .window
          .add(part);
      return;
    }
    add(part);
  }

  /** Joins the units as the job does after every window; again if more has come. */
  Ledger settle() {
    units.values().stream()
        .filter(unit -> unit.window.dirty)
        .forEach(unit -> unit.window.changes(unit.startMs).forEach(this::add));
    return this;
  }

  private void add(CellPart part) {
    Key key = new Key(part.windowStartMs(), part.cell());
    long[] sum = cells.computeIfAbsent(key, k -> new long[CellMeasure.values().length]);
    for (int i = 0; i < sum.length; i++) {
      sum[i] += part.amounts()[i];
    }
    intervals.merge(key, part.intervals(), Long::sum);
    quality.merge(key, part.quality(), (a, b) -> a | b);
    sourcePeriod.merge(key, part.sourcePeriodMs(), Math::max);
    nodes.merge(key, part.nodes(), Long::sum);
    part.histograms().forEach(h -> histograms.merge(key + h.key(), h, HistogramPart::plus));
  }

  @Override
  public void gpu(GpuRow row) {
    gpus.merge(
        row.windowStartMs() + row.place().node() + row.gpu(),
        row,
        (a, b) -> b.version() >= a.version() ? b : a);
  }

  @Override
  public void engine(EngineRow row) {
    engines.merge(
        row.windowStartMs() + row.place().node() + row.instance() + row.model(),
        row,
        (a, b) -> b.version() >= a.version() ? b : a);
  }

  @Override
  public void node(NodeRow row) {
    machines.merge(
        row.windowStartMs() + row.place().node(),
        row,
        (a, b) -> b.version() >= a.version() ? b : a);
  }

  @Override
  public void intake(IntakeRow row) {
    String key = row.windowStartMs() + row.place().node() + row.outcome();
    intake.merge(key, row.records(), Math::max);
  }

  @Override
  public void change(ChangeEvent event) {
    changes.add(event);
  }

  /** Records of all windows and nodes that ended so. */
  long records(String outcome) {
    return intake.entrySet().stream()
        .filter(e -> e.getKey().endsWith(outcome))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /** Sum of a measure over all windows and cells. */
  long total(CellMeasure measure) {
    settle();
    return cells.values().stream().mapToLong(a -> a[measure.ordinal()]).sum();
  }

  /** Sum of a measure of the node's own rows. */
  long nodeTotal(NodeMeasure measure) {
    return machines.values().stream().mapToLong(r -> r.amounts()[measure.ordinal()]).sum();
  }

  /** Sum over all windows of the cells of one workload. */
  long total(CellMeasure measure, String workload) {
    settle();
    return cells.entrySet().stream()
        .filter(e -> e.getKey().cell().workload().equals(workload))
        .mapToLong(e -> e.getValue()[measure.ordinal()])
        .sum();
  }

  /** Amount in one window, all cells. */
  long at(long window, CellMeasure measure) {
    settle();
    return cells.entrySet().stream()
        .filter(e -> e.getKey().window() == window)
        .mapToLong(e -> e.getValue()[measure.ordinal()])
        .sum();
  }

  int qualityAt(long window) {
    settle();
    return quality.entrySet().stream()
        .filter(e -> e.getKey().window() == window)
        .mapToInt(Map.Entry::getValue)
        .reduce(0, (a, b) -> a | b);
  }

  /**
   * Everything that must not depend on timing, as text that can be compared; windows of nothing but
   * zeroes left out.
   */
  Map<String, String> finalRows() {
    settle();
    Map<String, String> rows = new TreeMap<>();
    cells.forEach(
        (key, amounts) -> {
          if (Arrays.stream(amounts).anyMatch(a -> a != 0)) {
            rows.put(
                "cell " + key,
                Arrays.toString(amounts)
                    + " v"
                    + intervals.get(key)
                    + " q"
                    + quality.get(key)
                    + " p"
                    + sourcePeriod.get(key)
                    + " n"
                    + nodes.get(key));
          }
        });
    gpus.forEach(
        (key, row) -> {
          if (Arrays.stream(row.amounts()).anyMatch(a -> a != 0)) {
            rows.put(
                "gpu " + key,
                Arrays.toString(row.amounts())
                    + " v"
                    + row.version()
                    + " q"
                    + row.quality()
                    + row.workload());
          }
        });
    engines.forEach(
        (key, row) -> {
          if (Arrays.stream(row.amounts()).anyMatch(a -> a != 0)) {
            rows.put("engine " + key, Arrays.toString(row.amounts()) + " v" + row.version());
          }
        });
    machines.forEach(
        (window, row) -> {
          if (Arrays.stream(row.amounts()).anyMatch(a -> a != 0)) {
            String text = Arrays.toString(row.amounts()) + " v" + row.version();
            rows.put("node " + window, text + " q" + row.quality() + " p" + row.sourcePeriodMs());
          }
        });
    histograms.forEach(
        (key, h) -> rows.put("histogram " + key, Arrays.toString(h.counts()) + h.sumUs()));
    rows.put("intake", intake.toString());
    return rows;
  }
}
