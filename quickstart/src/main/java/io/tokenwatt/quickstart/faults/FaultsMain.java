package io.tokenwatt.quickstart.faults;

import io.tokenwatt.quickstart.bench.report.Section;
import io.tokenwatt.quickstart.bench.report.TextTable;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code ./tokenwatt faults}: the jobs on a Flink cluster of several processes, between a broker
 * and a store that are killed, stopped and cut off, must end with the rows of an undisturbed run.
 */
@Command(
    name = "faults",
    mixinStandardHelpOptions = true,
    description = {
      "Kills, stops and cuts off the processes around the jobs, and compares all final rows with",
      "those of an undisturbed run: a broker, ClickHouse, a Flink JobManager and two TaskManagers,",
      "all started here on free ports of the loopback interface, all ended at the end."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:the same rows after every fault", "1:not so", "2:wrong usage"})
public final class FaultsMain implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(names = "--seed", defaultValue = "1", description = "Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--only",
      paramLabel = "FAULT",
      split = ",",
      description = "Default: all of them; --list names them.")
  private List<String> only = List.of();

  @Option(
      names = "--outage",
      paramLabel = "SECONDS",
      defaultValue = "15",
      description = "Of faults that last. Default: ${DEFAULT-VALUE}")
  private int outageS;

  @Option(
      names = "--feeding",
      paramLabel = "SECONDS",
      defaultValue = "40",
      description = "In which half an hour's log is published. Default: ${DEFAULT-VALUE}")
  private int feedingS;

  @Option(names = "--list", description = "Name the faults and end.")
  private boolean list;

  @Option(names = "--keep", description = "Leave logs and data where they are, and say where.")
  private boolean keep;

  public static void main(String[] arguments) {
    String log = Path.of(System.getProperty("java.io.tmpdir"), "tokenwatt-faults.log").toString();
    System.setProperty("tokenwatt.log", log);
    System.setProperty("logback.configurationFile", "io/tokenwatt/quickstart/logback.xml");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new FaultsMain());
  }

  @Override
  public Integer call() throws Exception {
    PrintWriter out = command.commandLine().getOut();
    Duration outage = Duration.ofSeconds(outageS);
    if (list) {
      Arrays.stream(Fault.values())
          .forEach(f -> out.printf("%-20s %s%n", f.option(), f.what(outage)));
      return ExitCode.OK;
    }
    if (outageS < 0 || feedingS < 0) {
      throw new CommandLine.ParameterException(
          command.commandLine(), "--outage and --feeding are not below 0");
    }
    List<Fault> faults = chosen();
    Path folder = Files.createTempDirectory("tokenwatt-faults-");
    long startMs = System.currentTimeMillis() / 3_600_000 * 3_600_000 - 6 * 3_600_000;
    Trial.Plan plan =
        new Trial.Plan(seed, FaultLog.of(seed, startMs), Duration.ofSeconds(feedingS), outage);
    Section report = new FaultReport(folder, plan, command.commandLine().getErr()).run(faults);
    out.print(TextTable.of(report));
    out.flush();
    if (keep) {
      command.commandLine().getErr().println("kept: " + folder);
    } else {
      Folders.remove(folder);
    }
    boolean same = report.rows().stream().allMatch(row -> FaultReport.SAME.equals(row.get(1)));
    return same ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private List<Fault> chosen() {
    return only.isEmpty() ? List.of(Fault.values()) : only.stream().map(this::fault).toList();
  }

  private Fault fault(String name) {
    Optional<Fault> fault =
        Arrays.stream(Fault.values())
            .filter(f -> f.option().equals(name.toLowerCase(Locale.ROOT)))
            .findFirst();
    return fault.orElseThrow(
        () ->
            new CommandLine.ParameterException(
                command.commandLine(), "no fault '" + name + "'; --list names them"));
  }
}
