package io.tokenwatt.quickstart.bench;

import io.tokenwatt.quickstart.bench.report.Outcome;
import io.tokenwatt.quickstart.bench.report.Section;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Runs one {@link Benchmark} and prints its table. */
@Command(mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {
  private final Benchmark benchmark;

  @Spec private CommandSpec command;
  @Mixin private BenchOptions options;

  private BenchmarkCommand(Benchmark benchmark) {
    this.benchmark = benchmark;
  }

  static CommandLine of(Benchmark benchmark) {
    CommandLine line = new CommandLine(new BenchmarkCommand(benchmark));
    line.getCommandSpec().name(benchmark.name()).usageMessage().description(benchmark.title());
    benchmark.options().ifPresent(own -> line.addMixin("own", own));
    return line;
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter err = command.commandLine().getErr();
    Section section = section(benchmark, options, err);
    command.commandLine().getOut().print(options.print(List.of(section)));
    command.commandLine().getOut().flush();
    return ExitCode.OK;
  }

  static Section section(Benchmark benchmark, BenchOptions options, PrintWriter err)
      throws Exception {
    String begun = Host.now();
    double before = Host.load();
    Outcome outcome = benchmark.run(options.plan(), err);
    Section section =
        options.forPeople()
            ? outcome.table(benchmark.name(), benchmark.title())
            : outcome.data(benchmark.name(), benchmark.title());
    return section
        .note("median [min … max] of the rounds; ratio = ours / peer")
        .note(begun + " on " + Host.text())
        .note(
            String.format(
                Locale.ROOT, "load average %.1f before, %.1f after", before, Host.load()));
  }
}
