package io.tokenwatt.storage.load;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Connection;
import io.tokenwatt.storage.Store;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./tokenwatt slos load|check|list}: service level objectives. */
@Command(
    name = "slos",
    description = {
      "Loads, checks and lists service level objectives (CSV). An SLO: of the ended requests of (model,",
      "service_class), the share objective ends well with measure (ttft, e2e, tpot) by the clock of vantage",
      "(gateway, client) at most threshold seconds. Empty model or service_class = every; threshold 0 gives",
      "the SLO up. View slo_attainment tells whether it was kept, for the past too. Running jobs read SLOs",
      "once a minute and judge requests_good by them from then on."
    },
    mixinStandardHelpOptions = true,
    subcommands = {PricesMain.Load.class, PricesMain.Check.class, SlosMain.ListAll.class})
public final class SlosMain {
  private SlosMain() {}

  public static void main(String[] arguments) {
    PricesMain.quietLog();
    System.exit(commandLine().execute(arguments));
  }

  /** Exit status 0 done, 1 failed or problems found, 2 wrong usage. */
  static CommandLine commandLine() {
    return PricesMain.plainErrors(new CommandLine(new SlosMain()));
  }

  @Command(
      name = "list",
      description = "Prints all SLOs as a file that load takes.",
      mixinStandardHelpOptions = true)
  static final class ListAll implements Callable<Integer> {
    @Spec private CommandSpec command;
    @Mixin private Connection connection;

    @Override
    public Integer call() {
      List<String> columns = LoadedTable.SLOS.fields().stream().map(Field::name).toList();
      String texts =
          columns.stream()
              .map(
                  c ->
                      c.equals("effective_from")
                          ? "formatDateTime(effective_from, '%FT%H:00:00Z')"
                          : "toString(" + c + ")")
              .map(c -> "replaceAll(" + c + ", '\"', '\"\"')")
              .map(c -> "if(match(" + c + ", '[,\"]'), concat('\"', " + c + ", '\"'), " + c + ")")
              .collect(Collectors.joining(", "));
      try (Store store = new Store(connection.config())) {
        PrintWriter out = command.commandLine().getOut();
        out.println(String.join(",", columns));
        for (GenericRecord row :
            store.rows(
                "SELECT concatWithSeparator(',', %s) AS line FROM %s.slos FINAL WHERE vantage != '' ORDER BY slo, effective_from"
                    .formatted(texts, store.config().database()))) {
          out.println(row.getString("line"));
        }
        out.flush();
      }
      return ExitCode.OK;
    }
  }
}
