package io.tokenwatt.jobs.efficiency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.storage.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole job on a real Kafka, Flink and ClickHouse. */
class EfficiencyJobTest {
  private static final List<String> TABLES =
      List.of("efficiency_10s", "latency_10s", "gpu_10s", "engine_10s", "intake_10s");

  /** Recent, so that no table's time to live takes rows away. */
  private static final long START = System.currentTimeMillis() / 10_000 * 10_000 - 6 * 3_600_000;

  @TempDir Path checkpoints;

  private static List<RawRecord> lives(long seed, int nodes, int ticks) {
    return RandomLives.of(seed, nodes, ticks, START);
  }

  /**
   * Final rows as text, without rows of nothing but zeroes (a cell that a lagging node turned out
   * not to hold).
   */
  private static Map<String, List<String>> finalRows(StoreConfig database) {
    Map<String, List<String>> rows = new java.util.TreeMap<>();
    for (String table : TABLES) {
      // The sentinel's own count is written when its window closes, which only the end of a bounded
      // log does.
      String some =
          switch (table) {
            case "efficiency_10s" ->
                " WHERE version % 1099511627776 > 0 OR expected_ms != 0 OR tokens_expected_ms != 0";
            case "intake_10s" -> " WHERE node != 'sentinel'";
            default -> "";
          };
      rows.put(
          table,
          Engines.shared()
              .rows(
                  database,
                  "SELECT toString(tuple(*)) AS line FROM "
                      + database.database()
                      + "."
                      + table
                      + " FINAL"
                      + some
                      + " ORDER BY line"));
    }
    return rows;
  }

  @Test
  void theSameLogGivesTheSameFinalRowsWhateverParallelismChunksAndRestart() throws Exception {
    long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Engines engines = Engines.shared();
    engines.topic("law4", 3, Map.of("message.timestamp.type", "CreateTime"));
    List<RawRecord> log = lives(seed, 5, 300);
    StoreConfig one = engines.database("law4_one");
    StoreConfig two = engines.database("law4_two");
    StoreConfig restarted = engines.database("law4_restarted");

    engines.append("law4", log.subList(0, log.size() / 2));
    JobClient firstHalf =
        JobRun.start("law4", restarted, 2, false, checkpoints.resolve("half"), null);
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                engines.number(restarted, "SELECT count() FROM law4_restarted.efficiency_10s") > 20
                    && RetainedCheckpoints.newest(checkpoints.resolve("half")).isPresent());
    Engines.stop(firstHalf);
    String checkpoint =
        RetainedCheckpoints.newest(checkpoints.resolve("half")).orElseThrow().toUri().toString();
    engines.append("law4", log.subList(log.size() / 2, log.size()));
    engines.append("law4", hoursLater(log.get(log.size() - 1).timestampMs()));
    JobClient secondHalf =
        JobRun.start("law4", restarted, 1, false, checkpoints.resolve("rest"), checkpoint);
    JobRun.toTheEnd("law4", one, 1, checkpoints.resolve("one"), null);
    JobRun.toTheEnd("law4", two, 2, checkpoints.resolve("two"), null);

    Map<String, List<String>> expected = finalRows(one);
    assertThat(expected.get("efficiency_10s").size()).isGreaterThan(200);
    assertThat(
            engines.number(
                one, "SELECT sum(spanning_gpu_ms_behind) FROM law4_one.efficiency_10s FINAL"))
        .isPositive();
    for (String table : TABLES) {
      assertThat(finalRows(two).get(table))
          .as("%s, seed %d", table, seed)
          .isEqualTo(expected.get(table));
    }
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              for (String table : TABLES) {
                assertThat(finalRows(restarted).get(table))
                    .as("%s after a restart, seed %d", table, seed)
                    .isEqualTo(expected.get(table));
              }
            });
    Engines.stop(secondHalf);
  }

  /**
   * A record per partition that moves the watermark past every timer, without being anybody's
   * sample.
   */
  private static List<RawRecord> hoursLater(long lastMs) {
    List<RawRecord> records = new ArrayList<>();
    for (int partition = 0; partition < 3; partition++) {
      records.add(
          new RawRecord("sentinel", new byte[] {9}, lastMs + 3 * 3_600_000, "", partition, 0));
    }
    return records;
  }

  @Test
  void aMalformedRecordIsKeptAsideWithItsReasonAndTheJobGoesOn() throws Exception {
    Engines engines = Engines.shared();
    engines.topic("malformed", 1, Map.of("message.timestamp.type", "CreateTime"));
    List<RawRecord> log = lives(7, 1, 60);
    log.add(20, new RawRecord("node-0", new byte[] {1, 2, 3}, log.get(20).timestampMs(), "", 0, 0));
    log.add(30, new RawRecord("other", log.get(30).value(), log.get(30).timestampMs(), "", 0, 0));
    engines.append("malformed", log);
    StoreConfig store = engines.database("malformed");

    JobRun.toTheEnd("malformed", store, 1, checkpoints, null);

    assertThat(
            engines.rows(
                store,
                "SELECT node, reason FROM malformed.rejects FINAL WHERE reason IN ('not_protobuf', 'wrong_key') ORDER BY reason"))
        .hasSize(2)
        .first()
        .asString()
        .contains("not_protobuf");
    assertThat(engines.number(store, "SELECT sum(records) FROM malformed.intake_10s FINAL"))
        .as("published = counted + duplicate + out_of_order + late + rejected")
        .isEqualTo(log.size());
    assertThat(
            engines.number(
                store,
                "SELECT sum(records) FROM malformed.intake_10s FINAL WHERE outcome = 'rejected'"))
        .isEqualTo(2);
    assertThat(engines.number(store, "SELECT count() FROM malformed.efficiency_10s")).isPositive();
  }
}
