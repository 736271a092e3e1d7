package io.tokenwatt.jobs.efficiency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.CellRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellWindowTest {
  private static final Cell CELL =
      new Cell("eu", "c", "", "", "", "H100", "m", "", "w", "", "", "", "", "", "");

  private static CellPart part(long mj, long intervals) {
    long[] amounts = new long[CellMeasure.values().length];
    amounts[CellMeasure.GPU_MJ.ordinal()] = mj;
    return new CellPart(0, CELL, amounts, 0, 0, "", 0, intervals, List.of());
  }

  private static CellRow row(CellWindow window, long versionBase) {
    return window.row(0, JobRun.NO_PRICES, versionBase);
  }

  @Test
  void aRowOfMoreNodeIntervalsHasAHigherVersion() {
    CellWindow window = new CellWindow();
    window.add(part(5, 3));
    CellRow first = row(window, 0);
    window.add(part(7, 1));
    CellRow second = row(window, 0);

    assertThat(second.amounts()[CellMeasure.GPU_MJ.ordinal()]).isEqualTo(12);
    assertThat(second.version()).isGreaterThan(first.version());
  }

  @Test
  void partsGiveTheSameRowInAnyOrder() {
    CellWindow one = new CellWindow();
    one.add(part(5, 3));
    one.add(part(7, 1));
    CellWindow other = new CellWindow();
    other.add(part(7, 1));
    other.add(part(5, 3));

    assertThat(row(one, 0)).usingRecursiveComparison().isEqualTo(row(other, 0));
  }
}
