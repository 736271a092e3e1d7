package io.tokenwatt.jobs.regressions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.efficiency.SettledCell;
import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.LatencySum;
import io.tokenwatt.jobs.regression.Outcome;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.Place;
import io.tokenwatt.model.fact.RegressionRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JudgeTest {
  private static final Cell CELL =
      new Cell(
          "eu",
          "c1",
          "cloud",
          "aws",
          "on_demand",
          "H100-SXM",
          "llama",
          "fp8",
          "chat",
          "team",
          "d1",
          "vllm",
          "both",
          "generate",
          "inference");

  private final Random random = new Random(7);
  private final WatchState watch = new WatchState();
  private final Map<Long, WatchedSeries> series = new HashMap<>();
  private final List<RegressionRow> rows = new ArrayList<>();
  private long windowStartMs = 1_800_000_000_000L;

  @Test
  void anAcceptedRegressionClosesWithTheReasonAndItsLevelIsNoRegressionAnyMore() {
    quietThen(1.25, 1.0);
    RegressionRow open = rows.get(rows.size() - 1);
    assertThat(open.closedMs()).isNull();

    Judge judge = judge();
    judge.take(
        List.of(
            new KnownChange(0, accept("another")), new KnownChange(0, accept(open.regression()))));
    windows(judge, 1, 1.25, 1.0);
    RegressionRow last = rows.get(rows.size() - 1);
    assertThat(last.closeReason()).isEqualTo("accepted");
    assertThat(last.note()).isEqualTo("new quantisation, agreed");
    assertThat(last.version()).isGreaterThan(open.version());
    int told = rows.size();
    for (int i = 0; i < 200; i++) {
      windows(judge(), 1, 1.25, 1.0);
    }
    assertThat(rows).as("the accepted level").hasSize(told);
  }

  @Test
  void windowsReadToFourFifthsAreNotJudgedHoweverBadTheyAre() {
    for (int i = 0; i < 60; i++) {
      windows(judge(), 1, 1.0, 1.0);
    }
    long[] outcomes = new long[Outcome.values().length];
    for (int i = 0; i < 60; i++) {
      Judge judge = judge();
      windows(judge, 1, 2.0, 0.8);
      for (int o = 0; o < outcomes.length; o++) {
        outcomes[o] += judge.outcomes()[o];
      }
    }
    assertThat(rows).isEmpty();
    assertThat(outcomes[Outcome.LOW_COVERAGE.ordinal()]).isPositive();
    assertThat(outcomes[Outcome.JUDGED.ordinal()]).isZero();
  }

  @Test
  void aRegressionWhoseSeriesVanishesIsClosedByTimeAlone() {
    quietThen(1.25, 1.0);
    for (int minute = 0; minute < 60; minute++) {
      windowStartMs += 60_000;
      Judge judge = judge();
      judge.judge(null);
      series.putAll(judge.series());
    }
    assertThat(rows.get(rows.size() - 1).closeReason()).isEqualTo("gone");
    assertThat(series.values()).allMatch(s -> s.written.isEmpty());
  }

  @Test
  void theOrderInWhichCellsCameChangesNothing() {
    quietThen(1.25, 1.0);
    List<RegressionRow> first = List.copyOf(rows);
    JudgeTest other = new JudgeTest();
    other.shuffled = true;
    other.quietThen(1.25, 1.0);
    assertThat(other.rows).isEqualTo(first);
  }

  @Test
  void theKeyThatPeopleWereToldUnderStaysWhateverIsLearnedOfTheCause() {
    quietThen(1.25, 1.0);
    RegressionRow told = rows.get(0);
    boards = true; // their exporter answers at last
    Judge first = judge();
    first.take(List.of(new KnownChange(0, driver(told.startedMs()))));
    windows(first, 1, 1.25, 1.0);
    for (int i = 0; i < 20; i++) {
      windows(judge(), 1, 1.5, 1.0); // news, so that it is told again
    }
    RegressionRow last = rows.get(rows.size() - 1);
    assertThat(last.suspects()).isNotEqualTo(told.suspects());
    assertThat(last.suspects().get(0)).contains("570.10");
    assertThat(rows).extracting(RegressionRow::cause).containsOnly(told.cause());
  }

  private boolean shuffled;
  private boolean boards;

  private void quietThen(double slowdown, double coverage) {
    for (int i = 0; i < 60; i++) {
      windows(judge(), 1, 1.0, 1.0);
    }
    assertThat(rows).isEmpty();
    for (int i = 0; i < 12; i++) {
      windows(judge(), 1, slowdown, coverage);
    }
    assertThat(rows).isNotEmpty();
  }

  private Judge judge() {
    return new Judge(
        new Detector(RegressionRun.TUNING),
        new Rows(0),
        watch,
        series,
        windowStartMs + 15_000,
        rows::add);
  }

  private void windows(Judge judge, int count, double slowdown, double coverage) {
    for (int i = 0; i < count; i++) {
      PendingWindow window = new PendingWindow();
      window.cells.add(cell("c1", slowdown, coverage));
      window.cells.add(cell("c2", slowdown, coverage));
      if (boards) {
        window.gpus.put("GPU-1", board());
      }
      if (shuffled) {
        Collections.reverse(window.cells);
      }
      judge.judge(window);
      series.putAll(judge.series());
      windowStartMs += 10_000;
    }
  }

  /** Four boards that run 24 requests each, with noise. */
  private SettledCell cell(String cluster, double slowdown, double coverage) {
    double noise = Math.exp(0.01 * random.nextGaussian());
    long boardMs = Math.round(40_000 * coverage);
    long tokens = Math.round(4 * 10 * 680 * noise / slowdown * coverage);
    long[] amounts = new long[CellMeasure.values().length];
    set(amounts, CellMeasure.EXPECTED_MS, 40_000);
    set(amounts, CellMeasure.TOKENS_EXPECTED_MS, 40_000);
    for (CellMeasure measure :
        List.of(
            CellMeasure.OBSERVED_MS,
            CellMeasure.GPU_MS,
            CellMeasure.GPU_BUSY_MS,
            CellMeasure.TOKENS_OBSERVED_MS,
            CellMeasure.LOAD_OBSERVED_MS)) {
      set(amounts, measure, boardMs);
    }
    for (CellMeasure measure :
        List.of(CellMeasure.GPU_MJ, CellMeasure.GPU_MJ_METERED, CellMeasure.GPU_MJ_MEASURED)) {
      set(amounts, measure, boardMs * 400);
    }
    set(amounts, CellMeasure.RUNNING_MS, boardMs * 24);
    set(amounts, CellMeasure.OUTPUT_TOKENS, tokens);
    set(amounts, CellMeasure.OUTPUT_TOKENS_METERED, tokens);
    set(amounts, CellMeasure.PROMPT_TOKENS, 3 * tokens);
    Cell cell =
        new Cell(
            "eu",
            cluster,
            "cloud",
            "aws",
            "on_demand",
            "H100-SXM",
            "llama",
            "fp8",
            "chat",
            "team",
            "d1",
            "vllm",
            "both",
            "generate",
            "inference");
    return new SettledCell(
        windowStartMs,
        cluster.equals("c1") ? CELL : cell,
        amounts,
        Map.of("itl", new LatencySum(tokens, Math.round(tokens * 35_000 / noise * slowdown))),
        0,
        1000,
        4,
        boardMs);
  }

  private GpuRow board() {
    long[] amounts = new long[GpuMeasure.values().length];
    amounts[GpuMeasure.EXPECTED_MS.ordinal()] = 10_000;
    amounts[GpuMeasure.OBSERVED_MS.ordinal()] = 10_000;
    amounts[GpuMeasure.ENERGY_MJ.ordinal()] = 4_000_000;
    return new GpuRow(
        windowStartMs,
        new Place("n1", "eu", "", "c1", "", ""),
        "GPU-1",
        0,
        "H100-SXM",
        "570.10",
        "chat",
        "busy",
        0,
        0,
        amounts,
        0,
        0,
        1);
  }

  private static void set(long[] amounts, CellMeasure measure, long value) {
    amounts[measure.ordinal()] = value;
  }

  private static ChangeEvent accept(String regression) {
    return new ChangeEvent(
        "accept-" + regression,
        0,
        ChangeEvent.Kind.ACCEPT,
        ChangeEvent.Origin.TOLD,
        ChangeEvent.Scope.ALL,
        ChangeEvent.Setup.UNKNOWN,
        "accepted",
        "",
        "ann",
        "new quantisation, agreed",
        regression,
        Map.of(),
        0);
  }

  private static ChangeEvent driver(long atMs) {
    return new ChangeEvent(
        "driver",
        atMs,
        ChangeEvent.Kind.DRIVER,
        ChangeEvent.Origin.TOLD,
        ChangeEvent.Scope.ALL,
        ChangeEvent.Setup.UNKNOWN,
        "driver",
        "",
        "ann",
        "",
        "",
        Map.of("from", "550.90", "to", "570.10"),
        0);
  }
}
