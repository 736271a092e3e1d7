package io.tokenwatt.storage;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options that say where the store is; mixed into commands that read or load. */
public final class Connection {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--url",
      defaultValue = "${env:CLICKHOUSE_URL:-http://127.0.0.1:8123}",
      description = "ClickHouse's HTTP address; environment CLICKHOUSE_URL. Now: ${DEFAULT-VALUE}")
  private String url;

  @Option(
      names = "--user",
      defaultValue = "${env:CLICKHOUSE_USER:-default}",
      description = "Environment CLICKHOUSE_USER. Now: ${DEFAULT-VALUE}")
  private String user;

  @Option(
      names = "--password",
      defaultValue = "${env:CLICKHOUSE_PASSWORD:-}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description = "Better given as environment variable CLICKHOUSE_PASSWORD")
  private String password;

  @Option(
      names = "--database",
      defaultValue = StoreConfig.DATABASE,
      description = "Default: ${DEFAULT-VALUE}")
  private String database;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      defaultValue = "${env:CLICKHOUSE_CA:-}",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
      description =
          "PEM file of what an https address is signed by, instead of the platform's; environment CLICKHOUSE_CA")
  private String ca;

  /**
   * @throws ParameterException if the options do not name a store
   */
  public StoreConfig config() {
    try {
      return StoreConfig.of(url, user, password, database, ca);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
