package io.tokenwatt.storage.load;

import io.tokenwatt.storage.report.ReportMain;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Report {@code prices} at one hour. */
@Command(
    name = "list",
    description = {
      "Shows what holds at a time: report prices over that one hour. Takes the options of",
      "./tokenwatt report (--url, --format, …); with --from and --to: every price in force between."
    })
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(names = "--at", paramLabel = "TIME", description = "UTC; default: now.")
  private Instant at;

  @Parameters(arity = "0..*", hidden = true)
  private List<String> more = new ArrayList<>();

  @Override
  public Integer call() {
    List<String> arguments = new ArrayList<>(List.of("prices"));
    arguments.addAll(more);
    if (more.stream().noneMatch(ListCommand::isPeriod)) {
      Instant hour = (at == null ? Clock.systemUTC().instant() : at).truncatedTo(ChronoUnit.HOURS);
      arguments.addAll(
          List.of("--from", hour.toString(), "--to", hour.plus(1, ChronoUnit.HOURS).toString()));
    }
    return ReportMain.commandLine(Clock.systemUTC())
        .setOut(command.commandLine().getOut())
        .setErr(command.commandLine().getErr())
        .execute(arguments.toArray(String[]::new));
  }

  /** Also as {@code --last=1h}: what this command does not know reaches it unread. */
  private static boolean isPeriod(String argument) {
    return argument.matches("--(from|to|last)(=.*)?");
  }
}
