package io.tokenwatt.jobs.regressions.command;

import io.tokenwatt.storage.report.ReportMain;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** Report {@code regressions}: the same rows, options and formats. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = {
      "Lists open regressions, the dearest first: report regressions. Takes the options of",
      "./tokenwatt report: --format table|csv|json, --from, --to, --last, --url, …"
    })
final class ListCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(names = "--all", description = "Closed ones too.")
  private boolean all;

  @Unmatched private List<String> more = new ArrayList<>();

  @Override
  public Integer call() {
    List<String> arguments = new ArrayList<>(List.of("regressions"));
    if (all) {
      arguments.addAll(List.of("--set", "show=all"));
    }
    arguments.addAll(more);
    return ReportMain.commandLine(Clock.systemUTC())
        .setOut(command.commandLine().getOut())
        .setErr(command.commandLine().getErr())
        .execute(arguments.toArray(String[]::new));
  }
}
