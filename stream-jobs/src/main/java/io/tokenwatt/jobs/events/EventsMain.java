package io.tokenwatt.jobs.events;

import io.tokenwatt.storage.report.ReportMain;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** {@code ./tokenwatt events record|list}: tells of a change, or asks what changed. */
@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description =
        "Records changes, so that a regression found later can name them, and lists them.",
    subcommands = {RecordCommand.class, EventsMain.ListCommand.class},
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:failed, the reason is on stderr", "2:wrong usage"})
public final class EventsMain {
  private static final String LOGBACK = "logback.configurationFile";

  private EventsMain() {}

  public static void main(String[] arguments) {
    if (System.getProperty(LOGBACK) == null) {
      System.setProperty(LOGBACK, "io/tokenwatt/storage/logback-cli.xml");
    }
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine command = new CommandLine(new EventsMain());
    EventOptions.addTo(command.getSubcommands().get("record").getCommandSpec());
    return command.setExecutionExceptionHandler(
        (e, failed, parsed) -> {
          failed.getErr().println("events: " + e.getMessage());
          return ExitCode.SOFTWARE;
        });
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = {
        "Lists what changed: report events. Takes the options of ./tokenwatt report:",
        "--last 12h, --from, --to, --format table|csv|json, --set kind=deployment, --set workload=…, --url, …"
      })
  static final class ListCommand implements Callable<Integer> {
    @Spec private CommandSpec command;
    @Unmatched private List<String> options = new ArrayList<>();

    @Override
    public Integer call() {
      List<String> arguments = new ArrayList<>(List.of("events"));
      arguments.addAll(options);
      return ReportMain.commandLine(Clock.systemUTC())
          .setOut(command.commandLine().getOut())
          .setErr(command.commandLine().getErr())
          .execute(arguments.toArray(String[]::new));
    }
  }
}
