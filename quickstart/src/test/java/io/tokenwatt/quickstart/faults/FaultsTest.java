package io.tokenwatt.quickstart.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The short form of {@code ./tokenwatt faults}: the packaged jar on a Flink cluster of three
 * processes, and in one run a TaskManager, ClickHouse and the broker killed by SIGKILL.
 */
@Tag("long")
class FaultsTest {
  private static final long SEED = 1;

  @TempDir Path folder;

  @Test
  void killedProcessesChangeNoFinalRowAndMakeNoIncident() throws Exception {
    long startMs = System.currentTimeMillis() / 3_600_000 * 3_600_000 - 6 * 3_600_000;
    Trial.Plan plan =
        new Trial.Plan(SEED, FaultLog.of(SEED, startMs), Duration.ofSeconds(8), Duration.ZERO);
    try (Stand stand = Stand.start(folder)) {
      new Trial(stand, plan, "undisturbed").undisturbed();
      new Trial(stand, plan, "killed").disturbed(FaultsTest::kills);

      try (FinalTables tables = new FinalTables(StoreConfig.of(stand.store.httpUrl()))) {
        Map<String, Long> rows = tables.count("undisturbed");
        assertThat(rows).as("an empty table would say nothing").doesNotContainValue(0L);
        assertThat(rows.get("gpu_10s")).isGreaterThan(2_000);
        assertThat(tables.incidents("undisturbed")).isEqualTo(Map.of("chat", 1L, "spooled", 1L));
        assertThat(tables.incidents("killed")).isEqualTo(Map.of("chat", 1L, "spooled", 1L));
        assertThat(tables.differences("undisturbed", "killed"))
            .as("rows that only one of both runs wrote, versions included")
            .isEmpty();
      }
    }
  }

  private static void kills(Trial trial, Stand stand) throws Exception {
    stand.flink.replaceTaskManager(0);
    stand.store.kill();
    stand.store.restart();
    stand.kafka.kill();
    stand.kafka.restart();
    trial.job().awaitRunning();
  }
}
