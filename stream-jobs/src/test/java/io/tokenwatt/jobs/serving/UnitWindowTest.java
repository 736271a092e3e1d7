package io.tokenwatt.jobs.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.jobs.node.MemberPart;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A head that serves tokens with one board, and a worker with one board that serves nothing. */
class UnitWindowTest {
  private static final Cell HEAD = cell("vllm");
  private static final Cell WORKER = cell("");
  private final UnitWindow window = new UnitWindow();
  private final Map<Cell, long[]> amounts = new HashMap<>();
  private final Map<Cell, Long> intervals = new HashMap<>();

  private static Cell cell(String engine) {
    String model = engine.isEmpty() ? "" : "m";
    return new Cell(
        "eu", "", "", "", "", "H100", model, "", "w", "", "", engine, "both", "", "inference");
  }

  private static CellPart part(Cell cell, boolean tokens) {
    long[] amounts = new long[CellMeasure.values().length];
    amounts[CellMeasure.EXPECTED_MS.ordinal()] = 10_000;
    amounts[CellMeasure.GPU_MS.ordinal()] = 10_000;
    amounts[CellMeasure.GPU_UNKNOWN_MS.ordinal()] = 10_000;
    amounts[CellMeasure.GPU_MJ.ordinal()] = 4_000_000;
    amounts[CellMeasure.GPU_UNKNOWN_MJ.ordinal()] = 4_000_000;
    if (tokens) {
      amounts[CellMeasure.TOKENS_OBSERVED_MS.ordinal()] = 10_000;
      amounts[CellMeasure.OUTPUT_TOKENS.ordinal()] = 1_000;
    }
    String node = tokens ? "head" : "worker";
    MemberPart member =
        new MemberPart(
            "unit",
            "engine",
            true,
            node,
            2,
            2,
            Map.of(node + "/0", 10_000L),
            Map.of(node, 10_000L),
            tokens ? Map.of("series", 10_000L) : Map.of(),
            0,
            0,
            0,
            0);
    return new CellPart(0, cell, amounts, 0, 0, "exclusive", 1, 7, List.of(), member);
  }

  private void handOn() {
    for (CellPart part : window.changes(0)) {
      long[] sum = amounts.computeIfAbsent(part.cell(), c -> new long[CellMeasure.values().length]);
      for (int i = 0; i < sum.length; i++) {
        sum[i] += part.amounts()[i];
      }
      intervals.merge(part.cell(), part.intervals(), Long::sum);
    }
  }

  private long amount(Cell cell, CellMeasure measure) {
    return amounts.get(cell)[measure.ordinal()];
  }

  @Test
  void aWorkersJoulesThatWereHandedOnBeforeItsHeadWasSeenAreTakenBack() {
    window.add(part(WORKER, false));
    handOn();
    assertThat(amount(WORKER, CellMeasure.GPU_MJ)).isEqualTo(4_000_000);
    long before = intervals.get(WORKER);

    window.add(part(HEAD, true));
    handOn();

    assertThat(amounts.get(WORKER)).containsOnly(0);
    assertThat(intervals.get(WORKER)).as("the empty row wins").isGreaterThan(before);
    assertThat(amount(HEAD, CellMeasure.GPU_MJ_METERED)).isEqualTo(8_000_000);
    assertThat(amount(HEAD, CellMeasure.OUTPUT_TOKENS_METERED)).isEqualTo(1_000);
    assertThat(amount(HEAD, CellMeasure.MEMBERS_MISSING_MS)).isZero();
  }

  /**
   * Or else a row from before a restart, when the worker came first, would stay and count twice.
   */
  @Test
  void theWorkersOwnRowIsEmptyAndOfTheSameVersionWhoeverCameFirst() {
    window.add(part(HEAD, true));
    window.add(part(WORKER, false));
    handOn();

    assertThat(amounts.get(WORKER)).containsOnly(0);
    assertThat(intervals).containsEntry(WORKER, 14L).containsEntry(HEAD, 14L);
  }
}
