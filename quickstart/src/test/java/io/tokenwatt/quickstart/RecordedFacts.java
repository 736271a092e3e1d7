package io.tokenwatt.quickstart;

import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.jobs.node.FactOutput;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.NodeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Keeps what a meter hands out as the store would: parts added, of a board's rows the last. */
final class RecordedFacts implements FactOutput {
  private final List<CellPart> parts = new ArrayList<>();
  private final Map<String, GpuRow> boards = new TreeMap<>();

  @Override
  public void cell(CellPart part) {
    parts.add(part);
  }

  @Override
  public void gpu(GpuRow row) {
    boards.put(row.windowStartMs() + " " + row.gpu(), row);
  }

  @Override
  public void engine(EngineRow row) {}

  @Override
  public void node(NodeRow row) {}

  @Override
  public void intake(IntakeRow row) {}

  long total(CellMeasure measure) {
    return parts.stream().mapToLong(p -> p.amounts()[measure.ordinal()]).sum();
  }

  long total(CellMeasure measure, String workload) {
    return parts.stream()
        .filter(p -> p.cell().workload().equals(workload))
        .mapToLong(p -> p.amounts()[measure.ordinal()])
        .sum();
  }

  /** Sum over all windows, by board. */
  Map<String, Long> totals(GpuMeasure measure) {
    return boards.values().stream()
        .collect(
            Collectors.groupingBy(
                GpuRow::gpu, Collectors.summingLong(row -> row.amounts()[measure.ordinal()])));
  }
}
