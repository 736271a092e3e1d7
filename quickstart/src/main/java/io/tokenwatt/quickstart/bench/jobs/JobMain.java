package io.tokenwatt.quickstart.bench.jobs;

import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.jobs.JobsLauncher;
import io.tokenwatt.jobs.efficiency.JobConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.core.execution.JobClient;

/**
 * What {@code ./tokenwatt jobs --config FILE} runs, whose metrics are fresh to a tenth of a second
 * instead of ten. Ends when its input does.
 */
public final class JobMain {
  static final Duration METRICS = Duration.ofMillis(100);

  private JobMain() {}

  public static void main(String[] arguments) throws Exception {
    JobConfig config =
        ConfigReader.of("TOKENWATT_JOBS", Map.of()).read(Path.of(arguments[0]), JobConfig::of);
    Configuration more = new Configuration();
    more.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, METRICS);
    JobClient job = JobsLauncher.start(config, more);
    Thread end = new Thread(JobMain::awaitEndOfInput, "leash");
    end.setDaemon(true);
    end.start();
    try {
      job.getJobExecutionResult().get();
    } catch (ExecutionException e) {
      System.err.println("the job failed: " + e.getCause());
      System.exit(1);
    }
  }

  private static void awaitEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // Whoever started this is still there.
      }
    } catch (java.io.IOException e) {
      System.err.println(e);
    }
    System.exit(0);
  }
}
