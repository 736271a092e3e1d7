package io.tokenwatt.jobs.regressions.command;

import io.tokenwatt.storage.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code ./tokenwatt regressions}: what got worse, all that is known of it, and accepting it. */
@Command(
    name = "regressions",
    mixinStandardHelpOptions = true,
    description = "Regressions of efficiency: lists them, shows one, accepts one.",
    subcommands = {ListCommand.class, ShowCommand.class, AcceptCommand.class},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:failed, the reason is on stderr", "2:wrong usage"})
public final class RegressionsMain {
  private static final String LOGBACK = "logback.configurationFile";

  private RegressionsMain() {}

  public static void main(String[] arguments) {
    if (System.getProperty(LOGBACK) == null) {
      System.setProperty(LOGBACK, "io/tokenwatt/storage/logback-cli.xml");
    }
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new RegressionsMain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              boolean known = e instanceof StoreException || e instanceof CommandException;
              command
                  .getErr()
                  .println("regressions: " + (known ? e.getMessage() : String.valueOf(e)));
              return CommandLine.ExitCode.SOFTWARE;
            });
  }
}
