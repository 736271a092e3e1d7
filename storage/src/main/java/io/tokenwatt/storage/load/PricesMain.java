package io.tokenwatt.storage.load;

import io.tokenwatt.storage.Connection;
import io.tokenwatt.storage.LoadRows;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tokenwatt prices load|check FILE…}: what the money side of reports rests on. */
@Command(
    name = "prices",
    description = {
      "Loads prices, exchange rates, commitments, bought tokens, invoices and tariffs from CSV.",
      "The header tells what a file holds; ./tokenwatt report prices shows what is in force."
    },
    mixinStandardHelpOptions = true,
    subcommands = {PricesMain.Load.class, PricesMain.Check.class, ListCommand.class})
public final class PricesMain {
  private static final String LOGBACK = "logback.configurationFile";

  private PricesMain() {}

  public static void main(String[] arguments) {
    quietLog();
    System.exit(commandLine().execute(arguments));
  }

  static void quietLog() {
    if (System.getProperty(LOGBACK) == null) {
      System.setProperty(LOGBACK, "io/tokenwatt/storage/logback-cli.xml");
    }
  }

  /** Exit status 0 done, 1 failed or problems found, 2 wrong usage. */
  static CommandLine commandLine() {
    CommandLine line = new CommandLine(new PricesMain());
    line.getSubcommands().get("list").setUnmatchedOptionsArePositionalParams(true);
    return plainErrors(line.setCaseInsensitiveEnumValuesAllowed(true));
  }

  static CommandLine plainErrors(CommandLine line) {
    return line.setExecutionExceptionHandler(
        (e, command, parsed) -> {
          boolean known = e instanceof StoreException || e instanceof IllegalArgumentException;
          command.getErr().println(known ? e.getMessage() : line.getCommandName() + ": " + e);
          return ExitCode.SOFTWARE;
        });
  }

  /** What the files hold and what is wrong with them. */
  private static LoadedCsv.Result read(List<Path> files, Map<String, Instant> rates) {
    List<LoadedRow> rows = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      try {
        LoadedCsv.Result result =
            LoadedCsv.read(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
        rows.addAll(result.rows());
        problems.addAll(result.problems());
      } catch (NoSuchFileException e) {
        problems.add(file + ": there is no such file");
      } catch (CharacterCodingException e) {
        problems.add(file + ": is not UTF-8");
      } catch (IOException e) {
        problems.add(file + ": cannot be read: " + e.getMessage());
      }
    }
    problems.addAll(BookChecks.problems(rows, rates));
    return new LoadedCsv.Result(rows, problems);
  }

  @Command(
      name = "load",
      description = {
        "Loads the files, or nothing if anything is wrong with them. Loading the same again changes",
        "nothing; an entry with a key that is there corrects it, in the views for the past too."
      },
      mixinStandardHelpOptions = true)
  static final class Load implements Callable<Integer> {
    @Spec private CommandSpec command;
    @Mixin private Connection connection;

    @Parameters(arity = "1..*", paramLabel = "FILE")
    private List<Path> files;

    @Override
    public Integer call() {
      try (Store store = new Store(connection.config())) {
        LoadRows load = new LoadRows(store);
        List<LoadedRow> rows = read(files, rates(store)).orThrow();
        PrintWriter out = command.commandLine().getOut();
        for (LoadRows.Outcome done : load.merge(rows, System.currentTimeMillis())) {
          out.printf(
              "%s: %,d new, %,d corrected, %,d unchanged%n",
              done.table().table(), done.added(), done.corrected(), done.unchanged());
        }
        return ExitCode.OK;
      }
    }

    private static Map<String, Instant> rates(Store store) {
      Map<String, Instant> first = new HashMap<>();
      store
          .rows(
              "SELECT currency, toInt64(toUnixTimestamp(min(effective_from))) AS since FROM %s.fx_rates FINAL GROUP BY currency"
                  .formatted(store.config().database()))
          .forEach(
              row ->
                  first.put(
                      row.getString("currency"), Instant.ofEpochSecond(row.getLong("since"))));
      return first;
    }
  }

  @Command(
      name = "check",
      description = "Lists every problem of the files with its line. Needs no ClickHouse.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Parameters(
        arity = "1..*",
        paramLabel = "FILE",
        description = "Exchange rates are looked for among these files only.")
    private List<Path> files;

    @Override
    public Integer call() {
      LoadedCsv.Result result = read(files, Map.of());
      PrintWriter out = command.commandLine().getOut();
      result.problems().forEach(command.commandLine().getErr()::println);
      out.printf("%,d entries, %,d problems%n", result.rows().size(), result.problems().size());
      return result.problems().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }
}
