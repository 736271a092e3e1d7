package io.tokenwatt.quickstart.bench;

import io.tokenwatt.quickstart.bench.report.JsonText;
import io.tokenwatt.quickstart.bench.report.Section;
import io.tokenwatt.quickstart.bench.report.TextTable;
import io.tokenwatt.quickstart.bench.suspects.SuspectsBench;
import io.tokenwatt.quickstart.bench.trial.Scenario;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tokenwatt bench detect}: the regression detector against references. */
@Command(
    name = "detect",
    aliases = "detector",
    mixinStandardHelpOptions = true,
    description = {
      "The regression detector on simulated fleets under recorded traffic: delay, misses, false"
          + " alarms, size error; beside the trailing-hour rule and Prometheus' rules.",
      "One thread; a run with the same seed and corpus gives the same figures."
    })
final class DetectorCommand implements Callable<Integer> {
  private static final int LEAST_MINUTES = 5;
  private static final long SEED = 20_261_121;

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
      names = "--quiet-minutes",
      defaultValue = "Infinity",
      description = "End the quiet windows after so long, with what there is.")
  private double quietMinutes;

  @Option(
      names = "--trials",
      description = "Trials of each scenario; 0 = none. Default: 200, quick: 20.")
  private Integer trials;

  @Option(names = "--scenario", description = "Only these; repeat for more.")
  private List<Scenario> only = List.of();

  @Option(
      names = "--suspects",
      paramLabel = "TRIALS",
      description =
          "Trials of each kind of cause, at most 50; 0 = none. Default: 10, quick: 1, with"
              + " --scenario: 0.")
  private Integer suspects;

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

  @Option(names = "--alarms", description = "Tell each false alarm and late verdict on stderr.")
  private boolean alarms;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BenchPlan plan =
        new BenchPlan(
            seed,
            Math.round(quiet != null ? quiet : quick ? 1e6 : 1e7),
            60 * quietMinutes,
            trials != null ? trials : quick ? 20 : 200,
            only.isEmpty() ? List.of(Scenario.values()) : only,
            suspects(),
            prometheus ? minutes() : 0,
            liveSeries);
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    List<Section> sections = new DetectorBench(plan, Corpus.open(folder), err, alarms).run();
    out.print(
        format == Format.JSON
            ? JsonText.of(sections)
            : String.join("", sections.stream().map(TextTable::of).toList()));
    out.flush();
    return ExitCode.OK;
  }

  /** For {@code bench all}: as {@code --quick}; {@code quick}: a tenth of that again. */
  static List<Section> shortRun(boolean quick, PrintWriter err)
      throws IOException, InterruptedException {
    BenchPlan plan =
        new BenchPlan(
            SEED,
            quick ? 100_000 : 1_000_000,
            Double.POSITIVE_INFINITY,
            quick ? 2 : 20,
            List.of(Scenario.values()),
            quick ? 0 : 1,
            0,
            0);
    return new DetectorBench(plan, Corpus.open(null), err, false).run();
  }

  private int suspects() {
    if (suspects == null) {
      return !only.isEmpty() ? 0 : quick ? 1 : 10;
    }
    if (suspects < 0 || suspects > SuspectsBench.MOST_TRIALS) {
      throw new ParameterException(
          command.commandLine(),
          "--suspects is %d; give 0 to %d".formatted(suspects, SuspectsBench.MOST_TRIALS));
    }
    return suspects;
  }

  private int minutes() {
    if (minutes < LEAST_MINUTES) {
      throw new ParameterException(
          command.commandLine(), "--minutes is " + minutes + "; the run needs " + LEAST_MINUTES);
    }
    return minutes;
  }
}
