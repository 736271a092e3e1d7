package io.tokenwatt.dashboards.command;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code ./tokenwatt dashboards}: writes Grafana's dashboards and checks them. */
@Command(
    name = "dashboards",
    description = "Grafana's dashboards: written from one source, checked against a store.",
    mixinStandardHelpOptions = true,
    subcommands = {RenderCommand.class, CheckCommand.class})
public final class DashboardsMain {
  private DashboardsMain() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** For tests and for launchers with a main of their own. */
  public static CommandLine commandLine() {
    return new CommandLine(new DashboardsMain())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println("dashboards: " + e.getMessage());
              return ExitCode.SOFTWARE;
            });
  }
}
