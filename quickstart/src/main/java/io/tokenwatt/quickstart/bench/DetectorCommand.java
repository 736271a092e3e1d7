package io.tokenwatt.quickstart.bench;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.quickstart.bench.live.LivePlan;
import io.tokenwatt.quickstart.bench.live.LiveRun;
import io.tokenwatt.quickstart.bench.quiet.QuietResult;
import io.tokenwatt.quickstart.bench.reference.RuleVariant;
import io.tokenwatt.quickstart.bench.report.JsonText;
import io.tokenwatt.quickstart.bench.report.Section;
import io.tokenwatt.quickstart.bench.report.TextTable;
import io.tokenwatt.quickstart.bench.trial.Scenario;
import io.tokenwatt.quickstart.bench.trial.ScenarioResult;
import io.tokenwatt.quickstart.bench.trial.ScenarioRun;
import io.tokenwatt.quickstart.bench.trial.ScenarioTables;
import io.tokenwatt.quickstart.bench.workload.FleetPlans;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tokenwatt bench detector}: the regression detector against references. */
@Command(
    name = "detector",
    mixinStandardHelpOptions = true,
    description = {
      "The regression detector on simulated fleets under recorded traffic: delay, misses, false"
          + " alarms, size error; beside the trailing-hour rule and Prometheus' rules.",
      "One thread; a run with the same seed and corpus gives the same figures."
    })
final class DetectorCommand implements Callable<Integer> {
  /** Beyond, the references would only take time. */
  private static final long MOST_COMPARED = 20_000_000;

  private static final int MONTH = 30;
  private static final int LEAST_SERIES = 12;
  private static final int WINDOWS_PER_DAY = 8_640;
  private static final int DRIFT_SHARE = 4;

  enum Format {
    TABLE,
    JSON
  }

  @Spec private CommandSpec command;

  @Option(names = "--quick", description = "A tenth of the trials and windows.")
  private boolean quick;

  @Option(
      names = "--quiet",
      paramLabel = "WINDOWS",
      description = "Quiet windows to simulate, e.g. 1e8; 0 = none. Default: 1e7, quick: 1e6.")
  private Double quiet;

  @Option(
      names = "--trials",
      description = "Trials of each scenario; 0 = none. Default: 200, quick: 20.")
  private Integer trials;

  @Option(names = "--scenario", description = "Only these; repeat for more.")
  private List<Scenario> only = List.of();

  @Option(names = "--seed", defaultValue = "20261121", description = "Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(names = "--corpus", description = "Folder with the traces; default: shared/corpus.")
  private Path folder;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table or json; default: ${DEFAULT-VALUE}")
  private Format format;

  @Option(
      names = "--prometheus",
      description =
          "Also run beside a real Prometheus and Alertmanager, in real time; needs both on the"
              + " PATH (Debian: prometheus, prometheus-alertmanager).")
  private boolean prometheus;

  @Option(
      names = "--minutes",
      defaultValue = "11",
      description = "Of --prometheus; at least 5. Default: ${DEFAULT-VALUE}")
  private int minutes;

  @Option(
      names = "--live-series",
      defaultValue = "40",
      description = "Of --prometheus. Default: ${DEFAULT-VALUE}")
  private int liveSeries;

  @Option(names = "--alarms", description = "Print each false alarm on stderr.")
  private boolean alarms;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    Corpus corpus = Corpus.open(folder);
    FleetPlans fleet = FleetPlans.judged(corpus.traces());
    Detector detector = new Detector(Tuning.DEFAULT);
    List<Section> sections = new ArrayList<>();
    sections.add(about(corpus));
    List<RuleVariant> rules = quiet(detector, fleet, sections, err);
    scenarios(new ScenarioRun(detector, rules, fleet, seed), sections, err);
    if (prometheus) {
      sections.add(live(detector, fleet, rules, err));
    }
    out.print(
        format == Format.JSON
            ? JsonText.of(sections)
            : String.join("", sections.stream().map(TextTable::of).toList()));
    out.flush();
    return ExitCode.OK;
  }

  private Section about(Corpus corpus) {
    Section section = Section.of("about", "Detector bench", "seed", "workload");
    section.row(Long.toString(seed), corpus.source());
    return section
        .note("day: 10x between trough and peak, weekends at 0.75; small series of 1 to 64 engines")
        .note(
            "noise: AR(1), sigma 0.5, 1, 1.5 or 2 % of energy per 10 s window (half of it on step")
        .note("  time), phi 0.3 to 0.8; a third of the series with outliers of 3 to 8 sigma")
        .note("life: deployments, nodes, traffic, mix, telemetry gaps: each every 48 h on average")
        .note("detector: Tuning.DEFAULT, no change for the bench");
  }

  /** A month for each series, less where there would be too few of them. */
  private static int days(long windows) {
    return (int) Math.max(2, Math.min(MONTH, windows / WINDOWS_PER_DAY / LEAST_SERIES));
  }

  private List<RuleVariant> quiet(
      Detector detector, FleetPlans fleet, List<Section> sections, PrintWriter err) {
    long windows = Math.round(quiet != null ? quiet : quick ? 1e6 : 1e7);
    if (windows == 0) {
      return QuietBench.RULES;
    }
    QuietBench bench = new QuietBench(detector, fleet, seed, new Heartbeat(err));
    QuietResult result = bench.run(windows, days(windows), windows <= MOST_COMPARED);
    if (alarms) {
      result.alarms().forEach(alarm -> err.println(alarm.line()));
    }
    sections.add(result.section());
    if (windows > MOST_COMPARED) {
      return QuietBench.RULES;
    }
    sections.add(bench.references(result));
    return Stream.concat(QuietBench.RULES.stream(), bench.equalRate(result).stream()).toList();
  }

  private Section live(
      Detector detector, FleetPlans fleet, List<RuleVariant> rules, PrintWriter err)
      throws IOException, InterruptedException {
    if (minutes < 5) {
      throw new ParameterException(
          command.commandLine(), "--minutes is " + minutes + "; the run needs 5 or more");
    }
    if (!LiveRun.missing().isEmpty()) {
      return Section.of("live", "SKIPPED: the run beside Prometheus", "not on the PATH")
          .note(
              String.join(", ", LiveRun.missing())
                  + " (Debian: apt-get install prometheus"
                  + " prometheus-alertmanager)");
    }
    double equal =
        rules.stream()
            .filter(rule -> rule.name().equals(RuleVariant.USUAL.name() + QuietBench.EQUAL_RATE))
            .mapToDouble(RuleVariant::factor)
            .filter(Double::isFinite)
            .findFirst()
            .orElse(0);
    Path temporary = Files.createTempDirectory("tokenwatt-bench-");
    try {
      LivePlan plan = new LivePlan(liveSeries, minutes, 0.2, equal, seed);
      return new LiveRun(plan, detector, fleet, err).run(temporary);
    } finally {
      remove(temporary);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private void scenarios(ScenarioRun run, List<Section> sections, PrintWriter err) {
    int count = trials != null ? trials : quick ? 20 : 200;
    List<ScenarioResult> results = new ArrayList<>();
    Heartbeat heartbeat = new Heartbeat(err);
    List<Scenario> chosen = only.isEmpty() ? List.of(Scenario.values()) : only;
    for (Scenario scenario : count == 0 ? List.<Scenario>of() : chosen) {
      boolean slow = scenario == Scenario.DRIFT_1_PER_DAY;
      results.add(run.run(scenario, slow ? Math.max(1, count / DRIFT_SHARE) : count));
      heartbeat.at("scenarios", results.size(), chosen.size());
    }
    if (!results.isEmpty()) {
      sections.add(ScenarioTables.regressions(results));
      sections.add(ScenarioTables.benign(results));
      results.stream()
          .filter(r -> ScenarioTables.COMPARED.contains(r.scenario()))
          .forEach(r -> sections.add(ScenarioTables.ahead(r, run.rules())));
    }
  }
}
