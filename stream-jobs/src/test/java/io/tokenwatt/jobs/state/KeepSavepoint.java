package io.tokenwatt.jobs.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.storage.StoreConfig;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keeps a savepoint of this version for {@link KeptSavepointTest}. Run by name only, after state
 * was given up on purpose:
 *
 * <pre>mvn test -pl stream-jobs -am -Dtest=KeepSavepoint -Dsurefire.failIfNoSpecifiedTests=false
 * </pre>
 */
class KeepSavepoint {
  private final KeptStand stand = new KeptStand();

  @TempDir Path folder;

  @Test
  void ofThisVersion() throws Exception {
    KeptLog log = KeptLog.generate();
    stand.append(log, log.cutMs());
    StoreConfig store = stand.database("kept_made");
    JobClient job = new WholeJob(store, false, folder.resolve("made"), null).start();
    await().atMost(Duration.ofSeconds(120)).until(() -> isHalfWay(store));
    String savepoint =
        job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
            .get(90, TimeUnit.SECONDS);
    assertThat(
            stand.engines.number(
                store, "SELECT countIf(closed IS NULL) FROM kept_made.regressions FINAL"))
        .as("the savepoint falls into a regression")
        .isEqualTo(1);
    Files.createDirectories(KeptStand.FOLDER);
    SavepointFile.pack(Path.of(URI.create(savepoint)), KeptStand.STATE);
    try (OutputStream file = Files.newOutputStream(KeptStand.LOG)) {
      log.write(file);
    }
  }

  private boolean isHalfWay(StoreConfig store) {
    return stand.engines.number(store, "SELECT count() FROM kept_made.regressions") > 0
        && stand.engines.number(store, "SELECT count() FROM kept_made.request_10s") > 0
        && stand.engines.number(store, "SELECT count() FROM kept_made.events") > 0;
  }
}
