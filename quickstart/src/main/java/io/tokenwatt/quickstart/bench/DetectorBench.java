package io.tokenwatt.quickstart.bench;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.quickstart.bench.quiet.QuietResult;
import io.tokenwatt.quickstart.bench.reference.RuleVariant;
import io.tokenwatt.quickstart.bench.report.Section;
import io.tokenwatt.quickstart.bench.suspects.SuspectsBench;
import io.tokenwatt.quickstart.bench.trial.ReachTable;
import io.tokenwatt.quickstart.bench.trial.Scenario;
import io.tokenwatt.quickstart.bench.trial.ScenarioResult;
import io.tokenwatt.quickstart.bench.trial.ScenarioRun;
import io.tokenwatt.quickstart.bench.trial.ScenarioTables;
import io.tokenwatt.quickstart.bench.workload.FleetPlans;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Runs a {@link BenchPlan}, one part after the other. Not thread-safe. */
final class DetectorBench {
  private static final double[] SIGMAS = {0.005, 0.01, 0.02, 0.03};

  private final BenchPlan plan;
  private final Corpus corpus;
  private final FleetPlans fleet;
  private final PrintWriter err;
  private final boolean tellAlarms;
  private final Detector detector = new Detector(Tuning.DEFAULT);
  private final List<Section> sections = new ArrayList<>();
  private List<RuleVariant> rules = QuietBench.RULES;

  /**
   * @param err progress; false alarms and late verdicts too where {@code tellAlarms}
   */
  DetectorBench(BenchPlan plan, Corpus corpus, PrintWriter err, boolean tellAlarms) {
    this.plan = plan;
    this.corpus = corpus;
    this.fleet = FleetPlans.judged(corpus.traces());
    this.err = err;
    this.tellAlarms = tellAlarms;
  }

  List<Section> run() throws IOException, InterruptedException {
    sections.add(about());
    if (plan.quietWindows() > 0) {
      quiet();
    }
    if (plan.trials() > 0) {
      scenarios();
    }
    if (plan.suspects() > 0) {
      Heartbeat heartbeat = new Heartbeat(err);
      sections.add(
          SuspectsBench.run(
              plan.seed(), plan.suspects(), done -> heartbeat.at("suspects", done, 13)));
    }
    if (plan.liveMinutes() > 0) {
      sections.add(new LiveBench(plan, detector, fleet, err).run(rules));
    }
    return sections;
  }

  private Section about() {
    Section section = Section.of("about", "Detector bench", "seed", "workload");
    section.row(Long.toString(plan.seed()), corpus.source());
    return section
        .note("day: 10x between trough and peak, weekends at 0.75; series of 1 to 64 engines")
        .note(
            "noise: AR(1), sigma 0.5, 1, 1.5 or 2 % of energy per 10 s window (half of it on step")
        .note("  time), phi 0.3 to 0.8; a third of the series with outliers of 3 to 8 sigma")
        .note("life: deployments, nodes, traffic, mix, telemetry gaps: each every 48 h on average")
        .note("detector: Tuning.DEFAULT, no change for the bench");
  }

  private void quiet() {
    QuietBench bench = new QuietBench(fleet, plan.seed(), err);
    QuietResult result =
        bench.run(
            detector,
            plan.quietWindows(),
            plan.quietSeconds(),
            "quiet windows",
            plan.comparesQuiet());
    if (tellAlarms) {
      result.alarms().forEach(alarm -> err.println(alarm.line()));
    }
    sections.add(result.section());
    if (plan.comparesQuiet()) {
      sections.add(bench.references(result));
      rules = Stream.concat(QuietBench.RULES.stream(), bench.equalRate(result).stream()).toList();
    }
    sections.add(bench.tail(result, plan.tailWindows()));
  }

  private void scenarios() {
    ScenarioRun run = new ScenarioRun(detector, rules, fleet, plan.seed());
    List<ScenarioResult> results = new ArrayList<>();
    Heartbeat heartbeat = new Heartbeat(err);
    for (Scenario scenario : plan.scenarios()) {
      results.add(run.run(scenario, plan.trials(scenario)));
      heartbeat.at("scenarios", results.size(), plan.scenarios().size());
      if (tellAlarms && !scenario.benign()) {
        results.get(results.size() - 1).slowest().forEach(t -> err.println(scenario + ": " + t));
      }
    }
    sections.add(ScenarioTables.regressions(results));
    sections.add(ReachTable.of(results));
    sections.add(ScenarioTables.benign(results));
    results.stream()
        .filter(r -> ScenarioTables.COMPARED.contains(r.scenario()))
        .forEach(r -> sections.add(ScenarioTables.ahead(r, rules)));
    sections.add(byNoise(heartbeat));
  }

  private Section byNoise(Heartbeat heartbeat) {
    Section section = ScenarioTables.noise();
    for (Scenario scenario : List.of(Scenario.STEP_20, Scenario.STEP_5)) {
      for (double sigma : plan.scenarios().contains(scenario) ? SIGMAS : new double[0]) {
        ScenarioRun run = new ScenarioRun(detector, List.of(), fleet.withSigma(sigma), plan.seed());
        ScenarioTables.noise(section, sigma, run.run(scenario, Math.max(1, plan.trials() / 2)));
        heartbeat.at("steps by noise", sigma, SIGMAS[SIGMAS.length - 1]);
      }
    }
    return section;
  }
}
