package io.tokenwatt.storage;

import io.tokenwatt.storage.schema.Retention;
import io.tokenwatt.storage.schema.Schema;
import io.tokenwatt.storage.schema.ScriptStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code ./tokenwatt schema apply|status}: the tables and views of ClickHouse. */
@Command(
    name = "schema",
    description = "Creates and upgrades Tokenwatt's tables and views in ClickHouse.",
    mixinStandardHelpOptions = true,
    subcommands = {SchemaMain.Apply.class, SchemaMain.Status.class})
public final class SchemaMain {
  private SchemaMain() {}

  public static void main(String[] arguments) {
    if (System.getProperty("logback.configurationFile") == null) {
      System.setProperty("logback.configurationFile", "io/tokenwatt/storage/logback-cli.xml");
    }
    System.exit(commandLine().execute(arguments));
  }

  /** Exit status 0 done, 1 failed, 2 wrong usage. */
  static CommandLine commandLine() {
    return new CommandLine(new SchemaMain())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println(e.getMessage());
              return ExitCode.SOFTWARE;
            });
  }

  enum Format {
    TABLE,
    JSON
  }

  static final class Target {
    @Spec(Spec.Target.MIXEE)
    CommandSpec command;

    @Option(
        names = "--url",
        required = true,
        description = "ClickHouse's HTTP address, such as http://localhost:8123")
    String url;

    @Option(names = "--user", defaultValue = "default", description = "Default: ${DEFAULT-VALUE}")
    String user;

    @Option(
        names = "--ca",
        paramLabel = "FILE",
        defaultValue = "${env:CLICKHOUSE_CA:-}",
        description = "PEM file of what an https address is signed by; environment CLICKHOUSE_CA")
    String ca;

    @Option(
        names = "--password",
        defaultValue = "${env:CLICKHOUSE_PASSWORD:-}",
        description = "Better given as environment variable CLICKHOUSE_PASSWORD")
    String password;

    @Option(
        names = "--database",
        defaultValue = StoreConfig.DATABASE,
        description = "Default: ${DEFAULT-VALUE}")
    String database;

    @Option(
        names = "--format",
        defaultValue = "table",
        description = "table or json; default: ${DEFAULT-VALUE}")
    Format format;

    @Option(
        names = "--keep-10s-days",
        defaultValue = "35",
        description = "Days that 10 s rows stay; default: ${DEFAULT-VALUE}")
    int days10s;

    @Option(
        names = "--keep-1m-days",
        defaultValue = "180",
        description = "Days that 1 min rows stay; default: ${DEFAULT-VALUE}")
    int days1m;

    @Option(
        names = "--keep-1h-months",
        defaultValue = "26",
        description = "Months that 1 h rows stay; default: ${DEFAULT-VALUE}")
    int months1h;

    @Option(
        names = "--cluster",
        paramLabel = "NAME",
        defaultValue = "",
        description =
            "The first time, for a replicated ClickHouse: the cluster of whose servers each gets all tables")
    String cluster;

    Schema schema(Store store) {
      try {
        return new Schema(store, retention(), cluster);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(command.commandLine(), e.getMessage(), e);
      }
    }

    private Retention retention() {
      try {
        return new Retention(days10s, days1m, months1h);
      } catch (IllegalArgumentException e) {
        throw new ParameterException(command.commandLine(), e.getMessage(), e);
      }
    }

    Store open() {
      try {
        return new Store(StoreConfig.of(url, user, password, database, ca));
      } catch (IllegalArgumentException e) {
        throw new ParameterException(command.commandLine(), e.getMessage(), e);
      }
    }

    void print(List<ScriptStatus> status) {
      PrintWriter out = command.commandLine().getOut();
      out.println(
          switch (format) {
            case TABLE -> StatusText.table(status);
            case JSON -> StatusText.json(status);
          });
    }
  }

  @Command(
      name = "apply",
      description = "Applies what is pending. Safe to repeat, also by several at once.",
      mixinStandardHelpOptions = true)
  static final class Apply implements Callable<Integer> {
    @Mixin Target target;

    @Override
    public Integer call() {
      try (Store store = target.open()) {
        Schema schema = target.schema(store);
        schema.apply();
        target.print(schema.status());
        return ExitCode.OK;
      }
    }
  }

  @Command(
      name = "status",
      description =
          "Tells which scripts are applied. Changes nothing; exit status 1 if any is not.",
      mixinStandardHelpOptions = true)
  static final class Status implements Callable<Integer> {
    @Mixin Target target;

    @Override
    public Integer call() {
      try (Store store = target.open()) {
        List<ScriptStatus> status = target.schema(store).status();
        target.print(status);
        boolean done = status.stream().allMatch(s -> s.state() == ScriptStatus.State.APPLIED);
        return done ? ExitCode.OK : ExitCode.SOFTWARE;
      }
    }
  }
}
