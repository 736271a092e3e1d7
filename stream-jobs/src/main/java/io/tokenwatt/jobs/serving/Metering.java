package io.tokenwatt.jobs.serving;

import io.tokenwatt.jobs.attribution.Apportionment;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Decides whether a unit's joules and tokens of one window cover the same boards and the same time,
 * and if so writes them into the *_metered columns of the cells that made the output: there, and
 * nowhere else, stand the joules of all boards behind those tokens, prefill servers' and workers'
 * on other hardware included. So ratios are right however rows are grouped.
 */
final class Metering {
  private final Collection<EngineWindow> engines;
  private final Map<Cell, CellSum> cells;
  private final List<CellSum> output;
  private final List<CellSum> others;

  /**
   * @param cells the unit's sums under their final cells; changed in place
   */
  Metering(Collection<EngineWindow> engines, Map<Cell, CellSum> cells) {
    this.engines = engines;
    this.cells =
        new TreeMap<>(java.util.Comparator.comparing(c -> String.join("\u001f", c.values())));
    this.cells.putAll(cells);
    this.output =
        this.cells.entrySet().stream()
            .filter(Metering::makesOutput)
            .map(Map.Entry::getValue)
            .toList();
    this.others =
        this.cells.entrySet().stream()
            .filter(e -> !makesOutput(e))
            .map(Map.Entry::getValue)
            .toList();
  }

  void decide() {
    boards();
    long missing = missingMs();
    if (missing > 0) {
      spread(
          missing,
          CellMeasure.MEMBERS_MISSING_MS,
          output.isEmpty() ? List.copyOf(cells.values()) : output);
      return;
    }
    if (output.isEmpty()) {
      return; // no ratio to guard
    }
    long ms = engines.stream().mapToLong(EngineWindow::presentMs).max().orElse(0);
    boolean tokens = engines.stream().allMatch(e -> e.hasTokens() && e.tokensCover(ms));
    if (tokens && engines.stream().allMatch(e -> e.boardsCover(ms))) {
      gpu();
      modelled();
    } else if (engines.stream().anyMatch(EngineWindow::hasEnergy)) {
      output.forEach(cell -> cell.set(CellMeasure.MEMBERS_UNPAIRED_MS, ms));
    }
    if (tokens && engines.stream().allMatch(e -> e.machinesCover(ms))) {
      collect(CellMeasure.NODE_MJ, CellMeasure.NODE_MJ_METERED);
      copy(CellMeasure.OUTPUT_TOKENS, CellMeasure.OUTPUT_TOKENS_NODE_METERED);
      if (engines.stream().allMatch(EngineWindow::facilityCovers)) {
        collect(CellMeasure.FACILITY_MJ, CellMeasure.FACILITY_MJ_METERED);
        copy(CellMeasure.OUTPUT_TOKENS, CellMeasure.OUTPUT_TOKENS_FACILITY_METERED);
      }
    }
  }

  private void gpu() {
    collect(CellMeasure.GPU_MJ, CellMeasure.GPU_MJ_METERED);
    collect(CellMeasure.PROMPT_TOKENS_COMPUTED, CellMeasure.PROMPT_TOKENS_COMPUTED_METERED);
    copy(CellMeasure.OUTPUT_TOKENS, CellMeasure.OUTPUT_TOKENS_METERED);
    copy(CellMeasure.REQUESTS_FINISHED, CellMeasure.REQUESTS_FINISHED_METERED);
    cells.forEach(
        (cell, sum) -> {
          if (isHalf(cell)) {
            sum.set(CellMeasure.GPU_MJ_ROLE_METERED, sum.get(CellMeasure.GPU_MJ));
            sum.set(
                CellMeasure.PROMPT_TOKENS_COMPUTED_ROLE_METERED,
                sum.get(CellMeasure.PROMPT_TOKENS_COMPUTED));
          }
        });
  }

  /** Modelled energy goes with board energy, where it covers all of its time. */
  private void modelled() {
    if (engines.stream().allMatch(e -> e.modelCovers(n -> n.modelledMs))) {
      collect(CellMeasure.NODE_MJ_MODELLED, CellMeasure.NODE_MJ_MODELLED_METERED);
      copy(CellMeasure.OUTPUT_TOKENS, CellMeasure.OUTPUT_TOKENS_NODE_MODELLED_METERED);
    }
    if (engines.stream().allMatch(e -> e.modelCovers(n -> n.facilityModelledMs))) {
      collect(CellMeasure.FACILITY_MJ_MODELLED, CellMeasure.FACILITY_MJ_MODELLED_METERED);
      copy(CellMeasure.OUTPUT_TOKENS, CellMeasure.OUTPUT_TOKENS_FACILITY_MODELLED_METERED);
    }
  }

  /** Whose board time is behind whose tokens; where nothing was output, everybody's own. */
  private void boards() {
    cells.values().forEach(c -> c.set(CellMeasure.SPANNING_GPU_MS, c.get(CellMeasure.GPU_MS)));
    if (output.isEmpty()) {
      cells
          .values()
          .forEach(c -> c.set(CellMeasure.SPANNING_GPU_MS_BEHIND, c.get(CellMeasure.GPU_MS)));
    } else {
      collect(CellMeasure.GPU_MS, CellMeasure.SPANNING_GPU_MS_BEHIND);
    }
  }

  private long missingMs() {
    long missing = engines.stream().mapToLong(EngineWindow::missingMs).sum();
    boolean prefill = held("prefill");
    boolean decode = held("decode");
    if (missing == 0 && prefill != decode) {
      return engines.stream().mapToLong(EngineWindow::presentMs).max().orElse(0);
    }
    return missing;
  }

  private boolean held(String role) {
    return cells.entrySet().stream()
        .anyMatch(e -> e.getKey().role().equals(role) && e.getValue().get(CellMeasure.GPU_MS) > 0);
  }

  private static boolean makesOutput(Map.Entry<Cell, CellSum> entry) {
    return !entry.getKey().role().equals("prefill")
        && entry.getValue().get(CellMeasure.TOKENS_OBSERVED_MS) > 0;
  }

  private static boolean isHalf(Cell cell) {
    return cell.role().equals("prefill") || cell.role().equals("decode");
  }

  private void copy(CellMeasure from, CellMeasure to) {
    output.forEach(cell -> cell.set(to, cell.get(from)));
  }

  /** All of the unit's amount, in the cells that made the output. */
  private void collect(CellMeasure from, CellMeasure to) {
    copy(from, to);
    long rest = others.stream().mapToLong(c -> c.get(from)).sum();
    spread(rest, to, output);
  }

  private static void spread(long amount, CellMeasure to, List<CellSum> over) {
    if (amount == 0) {
      return;
    }
    long[] weights = over.stream().mapToLong(c -> c.get(CellMeasure.OUTPUT_TOKENS)).toArray();
    if (java.util.Arrays.stream(weights).sum() == 0) {
      weights = over.stream().mapToLong(c -> c.get(CellMeasure.GPU_MS)).toArray();
    }
    long[] parts = Apportionment.split(amount, weights);
    for (int i = 0; i < parts.length; i++) {
      over.get(i).plus(to, parts[i]);
    }
  }
}
