package io.tokenwatt.quickstart.faults;

import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.jobs.efficiency.JobConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One run's configuration and state: a topic, a database and a folder of its own.
 *
 * @param name of topic, group and database
 */
record JobFiles(Path folder, String name, String bootstrap) {

  static JobFiles in(Path parent, String name, String bootstrap) throws IOException {
    return new JobFiles(Files.createDirectories(parent.resolve(name)), name, bootstrap);
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
        # The log's times are of its own, and so are its heartbeats; idle_after is what it is with them.
        heartbeat: off
        idle_after: %6$ds
        """
            .formatted(
                bootstrap,
                name,
                storeUrl,
                checkpoints().toUri(),
                parallelism,
                JobConfig.LAST_RESORT.toSeconds()));
  }

  JobConfig config(String storeUrl, int parallelism) throws IOException {
    return ConfigReader.of("TOKENWATT_JOBS", Map.of())
        .read(write(storeUrl, parallelism), JobConfig::of);
  }
}
