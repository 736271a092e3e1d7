package io.tokenwatt.alerts;

import io.tokenwatt.alerts.grafana.RenderCommand;
import io.tokenwatt.alerts.ruletest.TestCommand;
import io.tokenwatt.alerts.run.RunCommand;
import io.tokenwatt.alerts.run.StatusCommand;
import io.tokenwatt.config.ConfigException;
import io.tokenwatt.storage.StoreException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** {@code ./tokenwatt alerts}: checks, tests, renders and runs the alert rules. */
@Command(
    name = "alerts",
    description = "Alert rules over the tables in ClickHouse, and delivery of what they find.",
    mixinStandardHelpOptions = true,
    subcommands = {
      CheckCommand.class,
      TestCommand.class,
      RenderCommand.class,
      RunCommand.class,
      StatusCommand.class
    })
public final class AlertsMain {
  private static final String LOGBACK = "logback.configurationFile";

  private AlertsMain() {}

  public static void main(String[] arguments) {
    if (System.getProperty(LOGBACK) == null) {
      // What runs for good tells what it does; what answers once shows its answer only.
      boolean runs = arguments.length > 0 && arguments[0].equals("run");
      String file = runs ? "logback-run.xml" : "logback-cli.xml";
      System.setProperty(LOGBACK, "io/tokenwatt/alerts/" + file);
    }
    System.exit(commandLine().execute(arguments));
  }

  /** For tests and for launchers with a main of their own. */
  public static CommandLine commandLine() {
    return new CommandLine(new AlertsMain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              boolean known = e instanceof ConfigException || e instanceof StoreException;
              command.getErr().println("alerts: " + (known ? e.getMessage() : String.valueOf(e)));
              return ExitCode.SOFTWARE;
            });
  }
}
