package io.tokenwatt.storage.slo;

import io.tokenwatt.storage.Connection;
import io.tokenwatt.storage.LoadSlos;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tokenwatt slos load|check|list}: service level objectives. */
@Command(
    name = "slos",
    description = {
      "Loads, checks and lists service level objectives (CSV).",
      "First line: " + SloCsv.HEADER,
      "An SLO is kept if the share objective of the requests of (model, service_class) ends well with",
      "measure (ttft, e2e, tpot) by the clock of vantage (gateway, client) at most target_s. Empty model or",
      "service_class = every. target_s 0 gives an SLO up. View slo_attainment tells whether it was kept."
    },
    mixinStandardHelpOptions = true,
    subcommands = {SlosMain.Load.class, SlosMain.Check.class, SlosMain.ListAll.class})
public final class SlosMain {
  private static final String LOGBACK = "logback.configurationFile";

  private SlosMain() {}

  public static void main(String[] arguments) {
    if (System.getProperty(LOGBACK) == null) {
      System.setProperty(LOGBACK, "io/tokenwatt/storage/logback-cli.xml");
    }
    System.exit(commandLine().execute(arguments));
  }

  /** Exit status 0 done, 1 failed or problems found, 2 wrong usage. */
  static CommandLine commandLine() {
    return new CommandLine(new SlosMain())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              boolean known = e instanceof StoreException || e instanceof IllegalArgumentException;
              command.getErr().println(known ? e.getMessage() : "slos: " + e);
              return ExitCode.SOFTWARE;
            });
  }

  private static SloCsv.Result read(Path file) {
    try {
      return SloCsv.read(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new IllegalArgumentException(file + " cannot be read: " + e, e);
    }
  }

  @Command(
      name = "load",
      description = {
        "Loads the file, or nothing if anything is wrong with it. An entry with a name and time that are",
        "there corrects it, in the views for the past too. The jobs read SLOs when they start: restart them",
        "so that requests_good is judged by the new ones."
      },
      mixinStandardHelpOptions = true)
  static final class Load implements Callable<Integer> {
    @Spec private CommandSpec command;
    @Mixin private Connection connection;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Override
    public Integer call() {
      SloCsv.Result result = read(file);
      if (!result.problems().isEmpty()) {
        throw new IllegalArgumentException(String.join("\n", result.problems()));
      }
      try (Store store = new Store(connection.config())) {
        LoadSlos.Outcome done =
            new LoadSlos(store).merge(result.entries(), System.currentTimeMillis());
        command
            .commandLine()
            .getOut()
            .printf(
                "slos: %,d new, %,d corrected, %,d unchanged%n",
                done.added(), done.corrected(), done.unchanged());
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "check",
      description = "Lists every problem of the file with its line. Needs no ClickHouse.",
      mixinStandardHelpOptions = true)
  static final class Check implements Callable<Integer> {
    @Spec private CommandSpec command;

    @Parameters(paramLabel = "FILE")
    private Path file;

    @Override
    public Integer call() {
      SloCsv.Result result = read(file);
      result.problems().forEach(command.commandLine().getErr()::println);
      command
          .commandLine()
          .getOut()
          .printf("%,d entries, %,d problems%n", result.entries().size(), result.problems().size());
      return result.problems().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
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
      try (Store store = new Store(connection.config())) {
        PrintWriter out = command.commandLine().getOut();
        out.println(SloCsv.HEADER);
        new LoadSlos(store).all().forEach(entry -> out.println(SloCsv.line(entry)));
        out.flush();
      }
      return ExitCode.OK;
    }
  }
}
