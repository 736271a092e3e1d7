package io.tokenwatt.quickstart.faults;

import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.jobs.efficiency.JobConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * One run's configuration and state: a topic, a database and a folder of its own.
 *
 * @param name of topic, group and database
 * @param idleAfter a partition that is silent for so long holds no window back
 */
record JobFiles(Path folder, String name, String bootstrap, Duration idleAfter) {

  static JobFiles in(Path parent, String name, String bootstrap, Duration idleAfter)
      throws IOException {
    return new JobFiles(Files.createDirectories(parent.resolve(name)), name, bootstrap, idleAfter);
  }

  Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  /** Writes jobs.yaml, as a user would. */
  Path write(String storeUrl, int parallelism) throws IOException {
    return Files.writeString(
        folder.resolve("jobs.yaml"),
        """
        kafka:
          bootstrap: "%1$s"
          topic: %2$s
          group: %2$s
        requests:
          enabled: false
        regressions:
          warm_up: 3m
        store:
          url: "%3$s"
          database: %2$s
        checkpoints: "%4$s"
        checkpoint_interval: 1s
        parallelism: %5$d
        idle_after: %6$ds
        """
            .formatted(
                bootstrap,
                name,
                storeUrl,
                checkpoints().toUri(),
                parallelism,
                idleAfter.toSeconds()));
  }

  JobConfig config(String storeUrl, int parallelism) throws IOException {
    return ConfigReader.of("TOKENWATT_JOBS", Map.of())
        .read(write(storeUrl, parallelism), JobConfig::of);
  }
}
