package io.tokenwatt.quickstart.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.quickstart.bench.quiet.FalseAlarm;
import io.tokenwatt.quickstart.bench.quiet.QuietResult;
import io.tokenwatt.quickstart.bench.reference.RuleVariant;
import io.tokenwatt.quickstart.bench.trial.Scenario;
import io.tokenwatt.quickstart.bench.trial.ScenarioResult;
import io.tokenwatt.quickstart.bench.trial.ScenarioRun;
import io.tokenwatt.quickstart.bench.workload.FleetPlans;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A small bench on the recorded traces, or synthetic ones where the corpus is absent. */
class DetectorBenchTest {
  private static final long SEED = 20_261_121;
  private static final PrintWriter ERR = new PrintWriter(System.err, true);
  private static final Detector DETECTOR = new Detector(Tuning.DEFAULT);

  private static FleetPlans fleet;
  private static QuietBench quiet;
  private static QuietResult silence;

  @BeforeAll
  static void simulateQuietSeries() throws IOException {
    Corpus corpus = Corpus.open(null);
    System.out.println("seed " + SEED + ", " + corpus.source());
    fleet = FleetPlans.judged(corpus.traces());
    quiet = new QuietBench(fleet, SEED, ERR);
    silence = quiet.run(DETECTOR, 1_000_000, Double.POSITIVE_INFINITY, "quiet", true);
  }

  @Test
  void millionQuietWindowsGiveNoFalseAlarm() {
    assertThat(silence.windows()).isGreaterThanOrEqualTo(1_000_000);
    assertThat(silence.alarms()).extracting(FalseAlarm::line).isEmpty();
  }

  @Test
  void stepOfAFifthIsFoundWithTheSecondWindowAndAheadOfBothReferences() {
    List<RuleVariant> rules =
        List.of(RuleVariant.TRAILING_HOUR, RuleVariant.USUAL, quiet.equalRate(silence).get(1));
    ScenarioResult steps = run(Scenario.STEP_20, rules, fleet.withSigma(0.01), 30);
    assertThat(steps.missed()).isZero();
    assertThat(steps.delayWindows(0.5)).isLessThanOrEqualTo(2);
    for (int rule = 0; rule < rules.size(); rule++) {
      assertThat(steps.referenceSeconds(rule, 0.5))
          .as("seconds of %s", rules.get(rule).name())
          .isGreaterThan(2 * steps.delaySeconds(0.5));
    }
  }

  @Test
  void stepOfATwentiethIsFoundWithinFiveMinutesWhereNoiseIsHalfAPercent() {
    ScenarioResult steps = run(Scenario.STEP_5, List.of(), fleet.withSigma(0.005), 30);
    assertThat(steps.delaySeconds(0.9)).isNotNull().isLessThanOrEqualTo(300);
  }

  @Test
  void driftOfOnePercentADayIsFoundWithinAWeek() {
    ScenarioResult drifts = run(Scenario.DRIFT_1_PER_DAY, List.of(), fleet, 4);
    assertThat(drifts.delaySeconds(1)).isNotNull().isLessThanOrEqualTo(7 * 86_400.0);
  }

  /** At their limits engines are slower for prompts that are a little longer: nothing is wrong. */
  @Test
  void nodesThatComeAndGoAreNoRegression() {
    ScenarioResult changes =
        new ScenarioRun(DETECTOR, List.of(), fleet, 901).run(Scenario.NODES_CHANGE, 20);
    assertThat(changes.falseAlarms()).isZero();
  }

  /** What pages in the bench is what the shipped rule pages for. */
  @Test
  void pagesCostAsMuchAsTheShippedRuleSays() throws IOException {
    Path rule =
        Path.of(System.getProperty("tokenwatt.root"))
            .resolve("alerts/rules/efficiency-regression-page.yaml");
    assertThat(Files.readString(rule))
        .containsPattern(
            "(?m)^threshold:\\s+above: %.0f\\b".formatted(QuietResult.PAGE_USD_PER_DAY));
  }

  private static ScenarioResult run(
      Scenario scenario, List<RuleVariant> rules, FleetPlans plans, int trials) {
    return new ScenarioRun(DETECTOR, rules, plans, SEED).run(scenario, trials);
  }
}
