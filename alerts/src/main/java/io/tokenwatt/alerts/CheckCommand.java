package io.tokenwatt.alerts;

import io.tokenwatt.storage.StoreConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Evaluates every rule once. What is wrong goes to standard error, what was found to the other. */
@Command(
    name = "check",
    description = "Evaluates every rule once and prints what it found. Writes nothing.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:nothing found",
      "1:failed, or a rule could not be evaluated; the reason is on stderr",
      "2:wrong usage",
      "3:something was found"
    })
final class CheckCommand implements Callable<Integer> {
  static final int FOUND = 3;

  enum Format {
    TABLE,
    JSON
  }

  @Spec private CommandSpec command;

  @Option(
      names = "--url",
      defaultValue = "http://127.0.0.1:8123",
      description = "ClickHouse's HTTP address; default: ${DEFAULT-VALUE}")
  private String url;

  @Option(names = "--user", defaultValue = "default", description = "Default: ${DEFAULT-VALUE}")
  private String user;

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      defaultValue = "${env:CLICKHOUSE_CA:-}",
      description = "PEM file of what an https address is signed by; environment CLICKHOUSE_CA")
  private String ca;

  @Option(
      names = "--password",
      defaultValue = "${env:CLICKHOUSE_PASSWORD:-}",
      description = "Better given as environment variable CLICKHOUSE_PASSWORD")
  private String password;

  @Option(
      names = "--database",
      defaultValue = StoreConfig.DATABASE,
      description = "Default: ${DEFAULT-VALUE}")
  private String database;

  @Option(
      names = "--rules",
      paramLabel = "DIR",
      description = "Folder of rule files to check instead of the shipped ones.")
  private Path folder;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table or json (one object per line); default: ${DEFAULT-VALUE}")
  private Format format;

  @Option(names = "--list", description = "Show the rules and end; asks no store.")
  private boolean list;

  @Override
  public Integer call() {
    List<Rule> all = folder == null ? RuleFiles.shipped() : RuleFiles.in(folder);
    PrintWriter out = command.commandLine().getOut();
    if (list) {
      switch (format) {
        case TABLE -> out.print(TextTable.of(all));
        case JSON -> all.forEach(rule -> out.println(JsonLine.of(rule)));
      }
      out.flush();
      return ExitCode.OK;
    }
    // A heartbeat fires always; it is for whoever waits for it, not for who checks.
    List<Rule> rules = all.stream().filter(r -> r.severity() != Severity.HEARTBEAT).toList();
    try (Evaluator evaluator = new Evaluator(store())) {
      return report(evaluator.evaluate(rules, Clock.systemUTC().instant()), out);
    }
  }

  private int report(Evaluation evaluation, PrintWriter out) {
    switch (format) {
      case TABLE -> out.print(TextTable.of(evaluation));
      case JSON -> evaluation.findings().forEach(finding -> out.println(JsonLine.of(finding)));
    }
    out.flush();
    PrintWriter err = command.commandLine().getErr();
    for (Failure failure : evaluation.failures()) {
      err.println("rule " + failure.rule().name() + " failed: " + failure.reason());
    }
    err.flush();
    if (!evaluation.failures().isEmpty()) {
      // Outranks a finding: something is not watched at all.
      return ExitCode.SOFTWARE;
    }
    return evaluation.findings().isEmpty() ? ExitCode.OK : FOUND;
  }

  private StoreConfig store() {
    try {
      return StoreConfig.of(url, user, password, database, ca);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }
}
