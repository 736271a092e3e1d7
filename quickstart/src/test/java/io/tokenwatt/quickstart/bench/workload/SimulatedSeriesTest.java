package io.tokenwatt.quickstart.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.tokenwatt.model.CellMeasure;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SimulatedSeriesTest {
  private static final long START = 1_767_225_600_000L;
  private static final int DAY = 8_640;
  private static final long SEED = 20_261_121;
  private static final NoisePlan SILENT = new NoisePlan(0, 0, false);

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final WindowTally tally = new WindowTally();

  @BeforeEach
  void printSeed() {
    System.out.println("seed " + SEED);
  }

  @Test
  void tokensAndRunningRequestsObeyLittlesLaw() {
    SimulatedSeries series = new SimulatedSeries(plan(SILENT), START, 10_000, random);
    for (int i = 0; i < DAY; i++) {
      window(series);
      double running = tally.amount(CellMeasure.RUNNING_MS) / 1e4;
      double tokensPerSecond = tally.amount(CellMeasure.OUTPUT_TOKENS) / 10.0;
      double stepSeconds = tally.itlUs / 1e6 / Math.max(1, tally.itlCount);
      if (tally.itlCount > 1_000) {
        assertThat(running).isCloseTo(tokensPerSecond * stepSeconds, within(0.01 * running));
      }
    }
  }

  /** Two windows of one load must have one step time, whatever came before each. */
  @Test
  void stepTimeIsAFunctionOfTheWindowsOwnLoad() {
    SimulatedSeries series = new SimulatedSeries(plan(SILENT), START, 10_000, random);
    Machine machine = Machine.KINDS[0];
    for (int i = 0; i < DAY; i++) {
      window(series);
      double engineMs = tally.amount(CellMeasure.LOAD_OBSERVED_MS);
      double batch = tally.amount(CellMeasure.RUNNING_MS) / engineMs;
      double prefill =
          tally.amount(CellMeasure.PROMPT_TOKENS_COMPUTED)
              / (engineMs / 1e3 * machine.prefillTokensPerSecond());
      double kv = tally.amount(CellMeasure.KV_USED_PPM_MS) / 1e6 / engineMs;
      double step = tally.itlUs / 1e6 / Math.max(1, tally.itlCount);
      if (tally.itlCount > 1_000) {
        assertThat(step).isCloseTo(machine.stepSeconds(batch, prefill, kv), within(0.002 * step));
      }
    }
  }

  @Test
  void busiestHourHasTenTimesTheRequestsOfTheQuietest() {
    SimulatedSeries series = new SimulatedSeries(plan(SILENT), START, 10_000, random);
    double[] hours = new double[24];
    for (int i = 0; i < DAY; i++) {
      window(series);
      hours[i / 360] += tally.amount(CellMeasure.OUTPUT_TOKENS);
    }
    double most = java.util.Arrays.stream(hours).max().orElseThrow();
    double least = java.util.Arrays.stream(hours).min().orElseThrow();
    assertThat(most / least).isBetween(8.5, 11.5);
  }

  @Test
  void powerFaultRaisesJoulesPerTokenByItsSizeAndNothingElse() {
    SimulatedSeries healthy =
        new SimulatedSeries(plan(SILENT), START, 10_000, new SplittableRandom(SEED));
    SimulatedSeries faulty =
        new SimulatedSeries(plan(SILENT), START, 10_000, new SplittableRandom(SEED));
    faulty.circumstances().fault =
        new Fault(Fault.Kind.POWER, Fault.Growth.STEP, 0.2, START + 5_000, Long.MAX_VALUE);
    window(healthy);
    long before = tally.amount(CellMeasure.GPU_MJ_METERED);
    window(faulty);
    assertThat((double) tally.amount(CellMeasure.GPU_MJ_METERED))
        .as("half of the first window")
        .isCloseTo(1.1 * before, within(2.0));
    for (int i = 0; i < 100; i++) {
      window(healthy);
      long energy = tally.amount(CellMeasure.GPU_MJ_METERED);
      long tokens = tally.amount(CellMeasure.OUTPUT_TOKENS);
      window(faulty);
      assertThat((double) tally.amount(CellMeasure.GPU_MJ_METERED))
          .isCloseTo(1.2 * energy, within(2.0));
      assertThat(tally.amount(CellMeasure.OUTPUT_TOKENS)).isEqualTo(tokens);
    }
  }

  @Test
  void noiseHasTheSpreadAndTheMemoryThatItsPlanSays() {
    Noise noise = new Noise(new NoisePlan(0.02, 0.7, false), 10_000, random);
    int n = 200_000;
    double sum = 0;
    double squares = 0;
    double products = 0;
    double last = 0;
    for (int i = 0; i < n; i++) {
      double now = Math.log(noise.next());
      sum += now;
      squares += now * now;
      products += now * last;
      last = now;
    }
    assertThat(sum / n).isCloseTo(0, within(0.0005));
    assertThat(Math.sqrt(squares / n)).isCloseTo(0.02, within(0.0004));
    assertThat(products / squares).isCloseTo(0.7, within(0.02));
  }

  private void window(SimulatedSeries series) {
    tally.open(series.nowMs());
    series.advance(tally);
  }

  private static SeriesPlan plan(NoisePlan noise) {
    Trace trace = SyntheticTrace.both().get(0);
    return new SeriesPlan(
        "eu", "chat", Machine.KINDS[0], 16, trace, 4, 200, 10, 14, 0.2, noise, noise, 0);
  }
}
