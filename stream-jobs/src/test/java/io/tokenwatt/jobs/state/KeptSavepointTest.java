package io.tokenwatt.jobs.state;

import static org.awaitility.Awaitility.await;

import io.tokenwatt.storage.StoreConfig;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A savepoint that an earlier version made, with state of every kind, restored by this one. */
class KeptSavepointTest {
  private static final Duration LONG = Duration.ofSeconds(120);

  private final KeptStand stand = new KeptStand();

  @TempDir Path folder;

  @Test
  void whatAnEarlierVersionKnewIsGoneOnFrom() throws Exception {
    KeptLog log;
    try (InputStream file = Files.newInputStream(KeptStand.LOG)) {
      log = KeptLog.read(file);
    }
    stand.append(log, Long.MAX_VALUE);
    StoreConfig whole = stand.database("kept_whole");
    StoreConfig restored = stand.database("kept_restored");
    new WholeJob(whole, true, folder.resolve("whole"), null)
        .start()
        .getJobExecutionResult()
        .get(180, TimeUnit.SECONDS);

    String savepoint = SavepointFile.unpack(KeptStand.STATE, folder).toUri().toString();
    JobClient job = new WholeJob(restored, false, folder.resolve("rest"), savepoint).start();
    await().atMost(LONG).until(() -> stand.isRead(restored));
    // Closes what is open, as the end of the bounded log did.
    job.stopWithSavepoint(true, folder.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(90, TimeUnit.SECONDS);

    FinalRows.goOn(restored, whole, log.cutMs());
  }
}
