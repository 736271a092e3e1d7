package io.tokenwatt.jobs.regressions.command;

import io.tokenwatt.storage.Connection;
import io.tokenwatt.storage.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All that is known of one regression, and queries that lead further. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Shows all that is known of one regression, and SQL to look further.")
final class ShowCommand implements Callable<Integer> {
  enum Format {
    TEXT,
    JSON
  }

  @Spec private CommandSpec command;
  @Mixin private Connection connection;

  @Parameters(paramLabel = "ID", description = "As in list; its beginning is enough.")
  private String id;

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "text or json; default: ${DEFAULT-VALUE}")
  private Format format;

  @Override
  public Integer call() {
    try (Store store = Store.reporting(connection.config())) {
      Shown shown = Shown.of(Found.byId(store, id), store.config().database());
      command.commandLine().getOut().print(format == Format.JSON ? shown.json() : shown.text());
      command.commandLine().getOut().flush();
    }
    return ExitCode.OK;
  }
}
