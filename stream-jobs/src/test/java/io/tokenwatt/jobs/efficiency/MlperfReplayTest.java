package io.tokenwatt.jobs.efficiency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.clickhouse.client.api.query.GenericRecord;
import com.google.protobuf.ByteString;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.GpuTable;
import io.tokenwatt.model.proto.NodeIdentity;
import io.tokenwatt.model.proto.NodeMetric;
import io.tokenwatt.model.proto.NodeReading;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.OwnershipMethod;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Four MLPerf Inference v4.1 runs on one 8 x H200 server, whose tokens per joule of wall energy
 * MLCommons published, replayed with their event times through Kafka, Flink and ClickHouse. Each
 * run is a node of a region of its own.
 */
class MlperfReplayTest {
  private static final long HOUR_MS = 3_600_000;

  /** Tokens per joule, the bold column of table A1 of the corpus' EXPECTED.md. */
  private static final Map<String, Double> EXPECTED = new LinkedHashMap<>();

  static {
    EXPECTED.put("llama2-70b-99 Offline", 4.105666);
    EXPECTED.put("llama2-70b-99 Server", 3.680311);
    EXPECTED.put("mixtral-8x7b Offline", 7.959295);
    EXPECTED.put("mixtral-8x7b Server", 7.368051);
  }

  @TempDir Path checkpoints;

  private interface Meter {
    /** The machine's records of a run, as an agent would have written them. */
    List<NodeSample> samples(MlperfRun run);
  }

  @Test
  void anEnergyCounterGivesThePublishedTokensPerJoule() throws Exception {
    replay("mlperf_counter", MlperfReplayTest::counting, 0.05);
  }

  @Test
  void powerReadingsAloneGiveThePublishedTokensPerJoule() throws Exception {
    replay("mlperf_power", MlperfReplayTest::powerOnly, 0.2);
  }

  /**
   * A counter that adds, at each row, the row's watts times the time since the row before (one
   * period for the first): a rectangle rule, whose mean is the plain mean of the rows by which the
   * published figures are made.
   */
  private static List<NodeSample> counting(MlperfRun run) {
    List<NodeSample> samples = new ArrayList<>();
    long microjoule = 5_000_000_000_000L;
    long atMs = run.beginMs();
    samples.add(sample(run, 1, atMs, NodeMetric.NODE_ENERGY_MILLIJOULES, microjoule / 1000));
    for (MlperfRun.Row row : run.rows()) {
      microjoule += row.milliwatts() * (row.atMs() - atMs);
      atMs = row.atMs();
      samples.add(
          sample(
              run,
              samples.size() + 1,
              atMs,
              NodeMetric.NODE_ENERGY_MILLIJOULES,
              microjoule / 1000));
    }
    return samples;
  }

  private static List<NodeSample> powerOnly(MlperfRun run) {
    List<NodeSample> samples = new ArrayList<>();
    for (MlperfRun.Row row : run.rows()) {
      samples.add(
          sample(
              run,
              samples.size() + 1,
              row.atMs(),
              NodeMetric.NODE_POWER_MILLIWATTS,
              row.milliwatts()));
    }
    return samples;
  }

  private void replay(String name, Meter meter, double percent) throws Exception {
    List<MlperfRun> runs = runs();
    Engines engines = Engines.shared();
    engines.topic(name, 3, Map.of("message.timestamp.type", "CreateTime"));
    engines.append(name, log(runs, meter));
    StoreConfig store = engines.database(name);

    JobRun.toTheEnd(name, store, 2, checkpoints, null);

    System.out.println(name + ": tokens per joule of wall energy");
    for (MlperfRun run : runs) {
      check(store, run, percent);
    }
  }

  private static void check(StoreConfig database, MlperfRun run, double percent) {
    double expected = EXPECTED.get(run.model() + " " + run.scenario());
    double sums = fromSums(database, region(run));
    System.out.printf(
        "  %-13s %-7s  ours %.6f  published %.6f  %+.4f %%%n",
        run.model(), run.scenario(), sums, expected, 100 * (sums / expected - 1));
    assertThat(sums).as(region(run)).isCloseTo(expected, withinPercentage(percent));
    try (Store store = new Store(database)) {
      // Windows of 31 years: the whole run in one row.
      GenericRecord row = one(store, view(database, region(run), 1_000_000_000));
      assertThat(row.getDouble("output_tokens_per_joule_node"))
          .isCloseTo(sums, withinPercentage(1e-9));
      assertThat(row.getString("hardware")).isEqualTo("H200");
      boardsAreUnknownNotZero(row);
      List<GenericRecord> minutes = store.rows(view(database, region(run), 60));
      assertThat(minutes).hasSizeGreaterThan(40);
      minutes.forEach(MlperfReplayTest::boardsAreUnknownNotZero);
    }
  }

  private static double fromSums(StoreConfig database, String region) {
    try (Store store = new Store(database)) {
      return one(
              store,
              "SELECT sum(output_tokens_node_metered) / (sum(node_mj_metered) / 1000) AS per_joule"
                  + " FROM %s.efficiency_10s FINAL WHERE region = '%s'"
                      .formatted(database.database(), region))
          .getDouble("per_joule");
    }
  }

  private static String view(StoreConfig database, String region, long windowS) {
    return "SELECT * FROM %s.efficiency(window_s = %d) WHERE region = '%s'"
        .formatted(database.database(), windowS, region);
  }

  private static GenericRecord one(Store store, String sql) {
    List<GenericRecord> rows = store.rows(sql);
    assertThat(rows).as(sql).hasSize(1);
    return rows.get(0);
  }

  private static void boardsAreUnknownNotZero(GenericRecord row) {
    for (String column :
        List.of(
            "output_tokens_per_joule",
            "total_tokens_per_joule",
            "joules_per_output_token",
            "joules_per_request",
            "kwh_per_mtok",
            "watts",
            "gpu_joules",
            "sm_active",
            "dram_active",
            "hbm_gbps",
            "nvlink_gbps",
            "pcie_gbps")) {
      assertThat(row.hasValue(column)).as(column).isFalse();
    }
    assertThat(row.getString("energy_null_reason")).isEqualTo("no_energy");
  }

  /** The corpus' runs, moved by whole hours so that each ends within the last hour. */
  private static List<MlperfRun> runs() throws Exception {
    Path system =
        Path.of(System.getProperty("tokenwatt.root", ".."))
            .resolve("../shared/corpus")
            .resolve(MlperfRun.SYSTEM);
    Assumptions.assumeTrue(Files.exists(system), "no corpus here: " + MlperfRun.SYSTEM);
    long now = System.currentTimeMillis();
    List<MlperfRun> runs = new ArrayList<>();
    for (String model : List.of("llama2-70b-99", "mixtral-8x7b")) {
      for (String scenario : List.of("Offline", "Server")) {
        MlperfRun run = MlperfRun.read(system, model, scenario);
        runs.add(run.later((now - run.lastMs()) / HOUR_MS * HOUR_MS));
      }
    }
    return runs;
  }

  private static List<RawRecord> log(List<MlperfRun> runs, Meter meter) {
    return runs.stream()
        .flatMap(run -> meter.samples(run).stream())
        .sorted(Comparator.comparingLong(NodeSample::getObservedAtMs))
        .map(
            s ->
                new RawRecord(
                    s.getNode().getNode(), s.toByteArray(), s.getObservedAtMs(), "", -1, 0))
        .toList();
  }

  private static String region(MlperfRun run) {
    return run.model() + "-" + run.scenario();
  }

  /** Eight boards that are known by name and have no reading, one engine, the machine's meter. */
  private static NodeSample sample(
      MlperfRun run, long seq, long atMs, NodeMetric metric, long value) {
    ByteBuffer uuids = ByteBuffer.allocate(8 * 16);
    for (int board = 0; board < 8; board++) {
      uuids.putLong(run.model().hashCode()).putLong(100L * run.scenario().hashCode() + board);
    }
    return NodeSample.newBuilder()
        .setNode(
            NodeIdentity.newBuilder()
                .setNode("mlperf-" + region(run))
                .setRegion(region(run))
                .setCluster("mlperf"))
        .setAgentRun(1)
        .setSeq(seq)
        .setObservedAtMs(atMs)
        .setTickMs(1000)
        .setGpus(
            GpuTable.newBuilder()
                .setUuids(ByteString.copyFrom(uuids.flip()))
                .addModelNames("NVIDIA H200"))
        .addEngines(
            Engine.newBuilder()
                .setInstance("trtllm")
                .setKind("trtllm")
                .addSeries(
                    EngineSeries.newBuilder()
                        .setModelName(run.model())
                        .addMetrics(EngineMetric.ENGINE_OUTPUT_TOKENS)
                        .addValues(run.tokensAt(atMs))))
        .addBindings(
            Binding.newBuilder()
                .setWorkload(run.model())
                .setKind("inference")
                .setMethod(OwnershipMethod.OWNERSHIP_CONFIG)
                .addAllGpuRows(List.of(0, 1, 2, 3, 4, 5, 6, 7))
                .addEngines(0))
        .addNodeReadings(NodeReading.newBuilder().setMetric(metric).setValue(value))
        .build();
  }
}
