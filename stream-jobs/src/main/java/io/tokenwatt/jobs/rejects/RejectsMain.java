package io.tokenwatt.jobs.rejects;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code ./tokenwatt rejects list|replay}: what was kept aside, and sending it once more. */
@Command(
    name = "rejects",
    mixinStandardHelpOptions = true,
    description =
        "Lists the records that were not counted, and sends those again that this version can read.",
    subcommands = {ListCommand.class, ReplayCommand.class},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:failed, the reason is on stderr", "2:wrong usage"})
public final class RejectsMain {
  private static final String LOGBACK = "logback.configurationFile";

  private RejectsMain() {}

  public static void main(String[] arguments) {
    if (System.getProperty(LOGBACK) == null) {
      System.setProperty(LOGBACK, "io/tokenwatt/storage/logback-cli.xml");
    }
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new RejectsMain())
        .setExecutionExceptionHandler(
            (e, failed, parsed) -> {
              failed.getErr().println("rejects: " + e.getMessage());
              return ExitCode.SOFTWARE;
            });
  }
}
