package io.tokenwatt.storage.report;

import io.tokenwatt.storage.Connection;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./tokenwatt report NAME}: one question, answered from the tables. Writes nothing. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Answers one question from the tables in ClickHouse; --list names them.",
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:answered", "1:failed, the reason is on stderr", "2:wrong usage"})
public final class ReportMain implements Callable<Integer> {
  private static final String LOGBACK = "logback.configurationFile";

  enum Format {
    TABLE,
    CSV,
    JSON
  }

  @Spec private CommandSpec command;
  @Mixin private Connection connection;

  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which report.")
  private String name;

  @Option(names = "--list", description = "Name the reports, their questions and settings; end.")
  private boolean list;

  @Option(names = "--from", paramLabel = "TIME", description = "UTC: 2026-11-01[T13:00:00Z].")
  private String from;

  @Option(names = "--to", paramLabel = "TIME", description = "UTC, exclusive; default: now.")
  private String to;

  @Option(names = "--last", paramLabel = "LENGTH", description = "30d or 12h; default: 30d.")
  private String last;

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "table, csv (notes on stderr) or json; default: ${DEFAULT-VALUE}")
  private Format format;

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "A setting of the report, see --list; repeat for more.")
  private Map<String, String> settings = new TreeMap<>();

  private final List<Report> reports;
  private final Clock clock;

  ReportMain(List<Report> reports, Clock clock) {
    this.reports = reports;
    this.clock = clock;
  }

  public static void main(String[] arguments) {
    if (System.getProperty(LOGBACK) == null) {
      System.setProperty(LOGBACK, "io/tokenwatt/storage/logback-cli.xml");
    }
    System.exit(commandLine(Clock.systemUTC()).execute(arguments));
  }

  /** With all reports; for launchers with a main of their own. */
  public static CommandLine commandLine(Clock clock) {
    return commandLine(Reports.ALL, clock);
  }

  static CommandLine commandLine(List<Report> reports, Clock clock) {
    return new CommandLine(new ReportMain(reports, clock))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              boolean known = e instanceof StoreException;
              command.getErr().println("report: " + (known ? e.getMessage() : String.valueOf(e)));
              return ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() {
    PrintWriter out = command.commandLine().getOut();
    if (list) {
      reports.forEach(report -> out.print(listed(report)));
      return ExitCode.OK;
    }
    Report report = chosen();
    Span span = span();
    settings.keySet().forEach(setting -> requireKnown(report, setting));
    try (Store store = Store.reporting(connection.config())) {
      Answer answer = new Asking(store).ask(report, span, settings);
      switch (format) {
        case TABLE -> out.print(TableText.of(answer));
        case JSON -> out.print(JsonText.of(answer));
        case CSV -> {
          out.print(CsvText.of(answer));
          answer.notes().forEach(command.commandLine().getErr()::println);
        }
      }
      out.flush();
    }
    return ExitCode.OK;
  }

  private Report chosen() {
    if (name == null) {
      throw usage("which report? " + names());
    }
    return reports.stream()
        .filter(report -> report.name().equals(name))
        .findFirst()
        .orElseThrow(() -> usage("no report '" + name + "'; there are " + names()));
  }

  private Span span() {
    try {
      return Span.of(
          Optional.ofNullable(from),
          Optional.ofNullable(to),
          Optional.ofNullable(last),
          clock.instant());
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private void requireKnown(Report report, String setting) {
    if (!report.defaults().containsKey(setting)) {
      throw usage(
          "report " + report.name() + " has no setting '" + setting + "', see report --list");
    }
  }

  private String names() {
    return String.join(", ", reports.stream().map(Report::name).toList());
  }

  private ParameterException usage(String message) {
    return new ParameterException(command.commandLine(), message);
  }

  private static String listed(Report report) {
    StringBuilder text =
        new StringBuilder("%-16s %s%n".formatted(report.name(), report.question()));
    for (Parameter p : report.parameters()) {
      text.append("%-16s   --set %s=%s  %s%n".formatted("", p.name(), p.value(), p.description()));
    }
    return text.toString();
  }
}
