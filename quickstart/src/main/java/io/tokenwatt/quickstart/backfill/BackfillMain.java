package io.tokenwatt.quickstart.backfill;

import io.tokenwatt.collectors.backfill.Backfill;
import io.tokenwatt.collectors.backfill.BackfillSpec;
import io.tokenwatt.collectors.backfill.PrometheusException;
import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.embedded.EngineException;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.StoreException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code backfill} command. Exit code 0 = done, 1 = failed, 2 = wrong usage. */
@Command(
    name = "backfill",
    mixinStandardHelpOptions = true,
    description = {
      "Meters the history of an existing Prometheus, so that a report over 30 days needs no 30 days.",
      "Reads raw samples of the exporters that the agent knows, puts them together to the records an",
      "agent would have published, and runs the same job over them into ClickHouse.",
      "",
      "Windows in which a region and cluster was observed live are never touched. Run again, a backfill",
      "replaces what an earlier one wrote. Broken off, the same command goes on where it was.",
      "Ratios are NULL for windows finer than Prometheus' scrapes: ask for a minute or more.",
      "",
      "Which series belong to which node: by label node, kubernetes_node, Hostname or instance; or as",
      "the configuration says, in the keys of an agent's file. --plan shows it and writes nothing."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:done", "1:failed, the reason is on stderr", "2:wrong usage"})
public final class BackfillMain implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      description = "Such as http://prometheus:9090; else prometheus.url of the configuration.")
  private String prometheus = "";

  @Option(
      names = "--from",
      paramLabel = "TIME",
      required = true,
      description = "2026-11-01, 2026-11-01T12:00:00Z, or 30d, 12h, 90m ago.")
  private String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "The same; default: the last whole hour that is 15 minutes back.")
  private String to = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "YAML with prometheus, store, kafka, node, nodes, targets, bindings, exporters_d.")
  private Path config;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description = "ClickHouse; else store.url of the configuration or http://127.0.0.1:8123.")
  private String store = "";

  @Option(
      names = "--work-dir",
      paramLabel = "DIR",
      description = "Where what is read is kept until the end; default: in the temporary folder.")
  private Path work;

  @Option(names = "--plan", description = "Show nodes and targets of the last hour and end.")
  private boolean plan;

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new BackfillMain())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              boolean known =
                  e instanceof ConfigException
                      || e instanceof StoreException
                      || e instanceof PrometheusException
                      || e instanceof EngineException
                      || e instanceof IllegalArgumentException
                      || e instanceof IllegalStateException;
              if (!known) {
                e.printStackTrace(command.getErr());
              }
              command.getErr().println("backfill: " + e.getMessage());
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() throws Exception {
    BackfillSpan span = span();
    BackfillConfig read = config();
    PrintWriter out = spec.commandLine().getOut();
    if (plan) {
      Backfill.plan(read.source(), span.toMs()).forEach(out::println);
      out.flush();
      return CommandLine.ExitCode.OK;
    }
    Path folder =
        work != null ? work : Path.of(System.getProperty("java.io.tmpdir")).resolve(span.topic());
    new BackfillRun(read, span, folder, out).run();
    return CommandLine.ExitCode.OK;
  }

  private BackfillSpan span() {
    try {
      return BackfillSpan.parse(from, to, Instant.now());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private BackfillConfig config() {
    if (config == null && prometheus.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "give --prometheus URL or --config FILE");
    }
    BackfillConfig read =
        config == null
            ? new BackfillConfig(
                BackfillSpec.of(prometheus), "", Map.of(), StoreConfig.of("http://127.0.0.1:8123"))
            : ConfigReader.of("TOKENWATT_BACKFILL", System.getenv())
                .read(config, BackfillConfig::of);
    BackfillSpec source =
        prometheus.isEmpty() ? read.source() : read.source().withPrometheus(prometheus);
    StoreConfig target = read.store();
    if (!store.isEmpty()) {
      target = target.withUrl(store);
    }
    return new BackfillConfig(source, read.bootstrap(), read.kafkaProperties(), target);
  }
}
