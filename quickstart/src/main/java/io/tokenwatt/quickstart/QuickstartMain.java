package io.tokenwatt.quickstart;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The {@code quickstart} command. */
@Command(
    name = "quickstart",
    mixinStandardHelpOptions = true,
    description = {
      "Starts Kafka, Flink and ClickHouse on this machine, scrapes a fleet once a second and shows",
      "tokens per joule, dollars per million tokens and P95 per region, hardware and model, live.",
      "Without --target or --targets the fleet is simulated; its exporters are real HTTP servers.",
      "Ctrl-C stops everything."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:ended as asked", "1:failed, the reason is on stderr", "2:wrong usage"})
public final class QuickstartMain implements Callable<Integer> {
  @Option(
      names = "--target",
      paramLabel = "URL",
      description = "Scrape this exporter (repeat for more); all belong to one node.")
  private List<URI> targets = List.of();

  @Option(
      names = "--targets",
      paramLabel = "FILE",
      description =
          "Scrape the targets of a Prometheus file_sd file; a label `node` names their node.")
  private Path targetFile;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      converter = Length.class,
      description = "End by itself after 90s, 3m or 1h, with a summary.")
  private Duration length;

  @Option(
      names = "--port-base",
      defaultValue = "0",
      description =
          "Take ports N (ClickHouse HTTP), N+1 (native), N+2 (Kafka), N+3 (Flink), N+4 (agent), N+5 (charts), N+6 (pages).")
  private int portBase;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Keep data here between runs (default: thrown away at the end).")
  private Path dataDirectory;

  @Option(names = "--seed", defaultValue = "1", description = "Of the simulated fleet.")
  private long seed;

  @Option(
      names = "--rehearse-after",
      paramLabel = "TIME",
      defaultValue = "2m",
      converter = Length.class,
      description =
          "When the simulated fleet gets a regression on purpose, for a page to come; default: ${DEFAULT-VALUE}")
  private Duration rehearseAfter;

  @Option(names = "--no-rehearsal", description = "No regression on purpose.")
  private boolean noRehearsal;

  @Option(names = "--format", defaultValue = "table", description = "table or json.")
  private String format;

  /** Reads 90s, 3m, 1h. */
  static final class Length implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      if (!text.matches("[1-9][0-9]{0,6}[smh]")) {
        throw new TypeConversionException("'" + text + "' is not a time such as 90s, 3m or 1h");
      }
      return Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT));
    }
  }

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new QuickstartMain()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    long started = startOfCommand();
    Path data = data();
    System.setProperty("tokenwatt.log", data.resolve("quickstart.log").toString());
    System.setProperty("logback.configurationFile", "io/tokenwatt/quickstart/logback.xml");
    QuickstartOptions options =
        new QuickstartOptions(
            targets,
            Optional.ofNullable(targetFile),
            Optional.ofNullable(length),
            portBase,
            Optional.of(data),
            seed,
            noRehearsal ? Optional.empty() : Optional.of(rehearseAfter),
            format.equals("json"));
    Progress progress = new Progress(options.json() ? System.err : System.out, started);
    progress.say("data and log: %s%s", data, dataDirectory == null ? " (thrown away)" : "");
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Thread onSignal =
        new Thread(
            () -> {
              interrupted.countDown();
              awaitQuietly(stopped);
            });
    Runtime.getRuntime().addShutdownHook(onSignal);
    try (Quickstart quickstart = Quickstart.start(options, data, progress)) {
      new LiveSession(quickstart, options, progress).run(interrupted);
    } catch (RuntimeException e) {
      System.err.println(
          "quickstart: " + e.getMessage() + "; see " + data.resolve("quickstart.log"));
      return CommandLine.ExitCode.SOFTWARE;
    } finally {
      if (dataDirectory == null) {
        delete(data);
      }
      progress.say("everything is stopped");
      stopped.countDown();
    }
    return CommandLine.ExitCode.OK;
  }

  /** The script says when it began, so that the first row's time includes the JVM's start. */
  private static long startOfCommand() {
    String began = System.getenv("TOKENWATT_STARTED_MS");
    long sinceMs = began == null ? 0 : System.currentTimeMillis() - Long.parseLong(began);
    return System.nanoTime() - sinceMs * 1_000_000;
  }

  private Path data() throws IOException {
    if (dataDirectory == null) {
      return Files.createTempDirectory("tokenwatt-quickstart-");
    }
    return Files.createDirectories(dataDirectory.toAbsolutePath());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
