package io.tokenwatt.quickstart.bench;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code ./tokenwatt bench …}: what the product can do, in figures. */
@Command(
    name = "bench",
    description = "Measures what Tokenwatt can do, beside others where they can.",
    mixinStandardHelpOptions = true,
    subcommands = {DetectorCommand.class, AllCommand.class})
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] arguments) {
    // The terminal belongs to the table.
    String log = Path.of(System.getProperty("java.io.tmpdir"), "tokenwatt-bench.log").toString();
    System.setProperty("tokenwatt.log", log);
    System.setProperty("logback.configurationFile", "io/tokenwatt/quickstart/logback.xml");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new BenchMain());
    Benchmarks.ALL.forEach(b -> line.addSubcommand(b.name(), BenchmarkCommand.of(b)));
    return line.setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("bench: " + e);
              return ExitCode.SOFTWARE;
            });
  }
}
