package io.tokenwatt.quickstart.bench;

import io.tokenwatt.quickstart.bench.report.Section;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./tokenwatt bench all}: one after the other; what fails is told and does not end it. */
@Command(
    name = "all",
    mixinStandardHelpOptions = true,
    description = "All benchmarks, the detector's with a tenth of its trials.")
final class AllCommand implements Callable<Integer> {
  private static final int DETECT_MINUTES = 5;

  @Spec private CommandSpec command;
  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = command.commandLine().getErr();
    err.println(budget());
    List<Section> sections = new ArrayList<>();
    List<String> failures = new ArrayList<>();
    for (Benchmark benchmark : Benchmarks.ALL) {
      err.printf("bench %s, at most %d min …%n", benchmark.name(), benchmark.minutes());
      try {
        Heartbeat heartbeat = new Heartbeat(err);
        sections.add(BenchmarkCommand.section(benchmark, options, err));
        err.printf("bench %s: %.1f min%n", benchmark.name(), heartbeat.seconds() / 60);
      } catch (InterruptedException e) {
        throw e;
      } catch (Exception e) {
        failures.add(benchmark.name() + ": " + e);
      }
    }
    try {
      err.println("bench detect …");
      sections.addAll(DetectorCommand.shortRun(options.quick(), err));
    } catch (IOException e) {
      failures.add("detect: " + e);
    }
    command.commandLine().getOut().print(options.print(sections));
    command.commandLine().getOut().flush();
    failures.forEach(failure -> err.println("bench: FAILED " + failure));
    err.flush();
    return failures.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  /** What a whole run may take on two cores, by benchmark and in sum. */
  static String budget() {
    String each =
        Benchmarks.ALL.stream()
            .map(benchmark -> benchmark.name() + " " + benchmark.minutes())
            .collect(Collectors.joining(", "));
    return "bench all: at most %d minutes (%s, detect %d); with --quick about a third"
        .formatted(minutes(), each, DETECT_MINUTES);
  }

  static int minutes() {
    return DETECT_MINUTES + Benchmarks.ALL.stream().mapToInt(Benchmark::minutes).sum();
  }
}
