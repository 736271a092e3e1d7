package io.tokenwatt.dashboards.command;

import io.tokenwatt.dashboards.catalogue.Dashboards;
import io.tokenwatt.dashboards.check.Finding;
import io.tokenwatt.dashboards.check.HttpEngine;
import io.tokenwatt.dashboards.check.StoreCheck;
import io.tokenwatt.dashboards.source.Dashboard;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Asks a store what all panels ask. */
@Command(
    name = "check",
    description = {
      "Runs the query of every panel, variable and annotation against a store, macros and variables",
      "replaced as Grafana does, and says which fail, cannot be drawn, or are empty. Changes nothing."
    },
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {
      "0:every query gave what its panel can draw",
      "1:one failed or cannot be drawn, or with --expect-data is empty",
      "2:wrong usage"
    })
final class CheckCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:8123",
      description = "ClickHouse's HTTP port; default: ${DEFAULT-VALUE}")
  private String url;

  @Option(names = "--user", defaultValue = "default", description = "default: ${DEFAULT-VALUE}")
  private String user;

  @Option(
      names = "--password",
      defaultValue = "${env:CLICKHOUSE_PASSWORD:-}",
      description = "Better given as environment variable CLICKHOUSE_PASSWORD")
  private String password;

  @Option(
      names = "--database",
      defaultValue = "tokenwatt",
      description = "default: ${DEFAULT-VALUE}")
  private String database;

  @Option(
      names = "--last",
      paramLabel = "SECONDS",
      defaultValue = "21600",
      description = "How far back the panels look; default: ${DEFAULT-VALUE}")
  private long last;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      description = "End of the range, such as 2026-11-01T00:00:00Z; default: now")
  private Instant until;

  @Option(
      names = "--choose",
      paramLabel = "VARIABLE=VALUE",
      description = "Choose a value, such as region=eu; default: All. Repeat for more variables.")
  private Map<String, String> chosen = Map.of();

  @Option(names = "--expect-data", description = "A panel without a value is a failure.")
  private boolean expectData;

  @Option(names = "--only", paramLabel = "UID", description = "This dashboard alone.")
  private String only;

  @Override
  public Integer call() {
    if (last <= 0) {
      throw new ParameterException(command.commandLine(), "--last: more than 0 seconds");
    }
    Instant to = until == null ? Instant.now() : until;
    Map<String, List<String>> values = new TreeMap<>();
    chosen.forEach((name, value) -> values.put(name, List.of(value)));
    StoreCheck check =
        new StoreCheck(
            new HttpEngine(url, database, user, password),
            to.minus(Duration.ofSeconds(last)),
            to,
            values);
    List<Finding> findings =
        Dashboards.all().stream()
            .filter(dashboard -> only == null || dashboard.uid().equals(only))
            .flatMap((Dashboard dashboard) -> check.of(dashboard).stream())
            .toList();
    findings.forEach(this::tell);
    long failed = findings.stream().filter(this::isBad).count();
    long empty = findings.stream().filter(Finding::isEmpty).count();
    out().printf("%d queries, %d failed, %d empty.%n", findings.size(), failed, empty);
    out().flush();
    return failed > 0 ? ExitCode.SOFTWARE : ExitCode.OK;
  }

  private boolean isBad(Finding finding) {
    return !finding.problems().isEmpty() || (expectData && finding.isEmpty());
  }

  private void tell(Finding finding) {
    String verdict =
        !finding.problems().isEmpty() ? "FAILED" : finding.isEmpty() ? "empty " : "ok    ";
    out()
        .printf(
            "%s %6d rows %7.1f ms  %s%n",
            verdict, finding.rows(), finding.engineMs(), finding.question().where());
    finding.problems().forEach(problem -> out().println("       " + problem));
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }
}
