package io.tokenwatt.jobs;

import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.jobs.efficiency.JobConfig;
import io.tokenwatt.storage.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The {@code jobs} command: runs EfficiencyJob, RegressionJob and LatencyJob in this process, or on
 * the cluster it was submitted to.
 */
@Command(
    name = "jobs",
    mixinStandardHelpOptions = true,
    subcommands = PackageCommand.class,
    description = {
      "Runs the jobs: node samples and request events from Kafka to facts in ClickHouse.",
      "By itself it brings its own Flink; submitted with `flink run` it uses the cluster's.",
      "Environment variables TOKENWATT_JOBS_… override keys: store.url is TOKENWATT_JOBS_STORE_URL."
    },
    exitCodeListHeading = "Exit codes:%n",
    exitCodeList = {"0:ended as asked", "1:failed, the reason is on stderr", "2:wrong usage"})
public final class JobsMain implements Callable<Integer> {
  private static final String LOGBACK = "logback.configurationFile";

  @Spec private CommandSpec command;

  @Option(names = "--config", paramLabel = "FILE", description = "The job's YAML.")
  private Path config;

  @Option(names = "--check", description = "List all problems of the configuration and end.")
  private boolean check;

  @Option(
      names = "--cluster",
      description = "Run where `flink run` says instead of in this process.")
  private boolean cluster;

  public static void main(String[] arguments) {
    boolean onCluster = List.of(arguments).contains("--cluster");
    if (!onCluster && System.getProperty(LOGBACK) == null) {
      System.setProperty(LOGBACK, "io/tokenwatt/jobs/logback.xml");
    }
    CommandLine line = commandLine();
    StringWriter said = new StringWriter();
    if (onCluster) {
      line.setErr(new PrintWriter(said, true));
    }
    int code = line.execute(arguments);
    if (code != 0 && onCluster) {
      // This may be the JobManager's process, which must outlive a job's main: no exit here.
      throw new IllegalStateException(said.toString().strip());
    }
    if (code != 0) {
      System.exit(code);
    }
  }

  public static CommandLine commandLine() {
    return new CommandLine(new JobsMain())
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              boolean known =
                  e instanceof ConfigException
                      || e instanceof StoreException
                      || e instanceof RequiredTopics.RefusedException
                      || e instanceof RequiredTopics.HeartbeatsDeniedException
                      || e instanceof RequiredTopics.MissingException;
              command.getErr().println("jobs: " + (known ? e.getMessage() : String.valueOf(e)));
              return CommandLine.ExitCode.SOFTWARE;
            });
  }

  @Override
  public Integer call() throws Exception {
    if (config == null) {
      throw new ParameterException(
          command.commandLine(), "Missing required option: '--config=FILE'");
    }
    JobConfig job = ConfigReader.of("TOKENWATT_JOBS", System.getenv()).read(config, JobConfig::of);
    if (check) {
      System.out.println("no problems in " + config);
      return CommandLine.ExitCode.OK;
    }
    RequiredTopics.check(job);
    JobsLauncher.run(job, cluster);
    return CommandLine.ExitCode.OK;
  }
}
