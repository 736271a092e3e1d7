package io.tokenwatt.quickstart.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code ./tokenwatt bench …}: what the product can do, in figures. */
@Command(
    name = "bench",
    description = "Measures what Tokenwatt can do.",
    mixinStandardHelpOptions = true,
    subcommands = DetectorCommand.class)
public final class BenchMain {
  private BenchMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new BenchMain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("bench: " + e);
              return ExitCode.SOFTWARE;
            });
  }
}
