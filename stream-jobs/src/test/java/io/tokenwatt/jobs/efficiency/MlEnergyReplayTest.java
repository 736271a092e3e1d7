package io.tokenwatt.jobs.efficiency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.jobs.cost.PriceBook;
import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.jobs.node.FactOutput;
import io.tokenwatt.jobs.node.NodeMeter;
import io.tokenwatt.jobs.node.NodeState;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.NodeRow;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The ML.ENERGY leaderboard's energy per request and per token, found again from counters: all 314
 * runs through the two stages, some of them through Kafka, Flink and ClickHouse. Tolerance: 0.003
 * %, which is what rounding to whole tokens and millijoules leaves: of the run's totals, and where
 * its last window, which it ends inside and which has no ratio, is cut off.
 */
class MlEnergyReplayTest {
  private static final double PERCENT = 0.003;

  /**
   * Requests are whole. The run ends inside a window, which has no ratio (its boards are missing
   * from then on), so that the cut may fall inside one of the thousand requests.
   */
  private static final Percentage ONE_REQUEST = withinPercentage(100.0 / MlEnergyRun.REQUESTS);

  @TempDir Path checkpoints;

  @Test
  void allRunsGiveThePublishedJoulesPerTokenAndPerRequest() throws Exception {
    double worst = 0;
    List<MlEnergyRun> runs = runs();
    for (MlEnergyRun run : runs) {
      long from = 1_700_000_003_217L;
      Sums sums = new Sums();
      NodeMeter meter = new NodeMeter(new NodeState(), new CatalogueNaming(), 0, sums);
      for (NodeSample sample : run.samples(from)) {
        meter.accept(sample, sample.getObservedAtMs() + 40);
      }
      meter.advance(from + run.durationMs() + 7_200_000);
      double joules = sums.total(CellMeasure.GPU_MJ_METERED) / 1000.0;
      double perToken = joules / sums.total(CellMeasure.OUTPUT_TOKENS_METERED);
      double perRequest = joules / sums.total(CellMeasure.REQUESTS_FINISHED_METERED);
      String what = run.name() + " " + run.model() + " on " + run.boards() + " x " + run.gpu();
      assertThat(perToken).as(what).isCloseTo(run.joulesPerToken(), withinPercentage(PERCENT));
      assertThat(perRequest).as(what).isCloseTo(run.joulesPerRequest(), ONE_REQUEST);
      assertThat(sums.total(CellMeasure.REQUESTS_FINISHED))
          .as("every request of " + what)
          .isEqualTo(MlEnergyRun.REQUESTS);
      worst = Math.max(worst, Math.abs(perToken / run.joulesPerToken() - 1));
    }
    System.out.printf(
        "ML.ENERGY v2: %d runs, joules per token differ by at most %.6f %%%n",
        runs.size(), 100 * worst);
    assertThat(runs).hasSize(314);
  }

  @Test
  void someRunsThroughTheRealEnginesAndTheViewGiveThem() throws Exception {
    List<MlEnergyRun> all = runs();
    List<MlEnergyRun> runs = new ArrayList<>();
    for (int i = 0; i < all.size(); i += 63) {
      runs.add(all.get(i));
    }
    long hourAgo = System.currentTimeMillis() - 3_600_000;
    List<RawRecord> log =
        runs.stream()
            .flatMap(run -> run.samples(hourAgo).stream())
            .sorted(Comparator.comparingLong(NodeSample::getObservedAtMs))
            .map(
                s ->
                    new RawRecord(
                        s.getNode().getNode(), s.toByteArray(), s.getObservedAtMs(), "", -1, 0))
            .toList();
    Engines engines = Engines.shared();
    engines.topic("mlenergy", 3, Map.of("message.timestamp.type", "CreateTime"));
    engines.append("mlenergy", log);
    StoreConfig config = engines.database("mlenergy");

    JobRun.toTheEnd("mlenergy", config, 2, checkpoints, null);

    try (Store store = new Store(config)) {
      for (MlEnergyRun run : runs) {
        // Windows of 31 years: the whole run in one row.
        List<GenericRecord> rows =
            store.rows(
                "SELECT * FROM %s.efficiency(window_s = 1000000000) WHERE region = '%s'"
                    .formatted(config.database(), run.name()));
        assertThat(rows).hasSize(1);
        check(run, rows.get(0));
      }
    }
  }

  private static void check(MlEnergyRun run, GenericRecord row) {
    double perToken = row.getDouble("joules_per_output_token");
    System.out.printf(
        "  %-32s %2d x %-8s ours %.6f J/token  published %.6f%n",
        row.getString("model"),
        run.boards(),
        row.getString("hardware"),
        perToken,
        run.joulesPerToken());
    assertThat(perToken).isCloseTo(run.joulesPerToken(), withinPercentage(PERCENT));
    assertThat(row.getDouble("joules_per_request")).isCloseTo(run.joulesPerRequest(), ONE_REQUEST);
    assertThat(row.getDouble("kwh_per_mtok"))
        .isCloseTo(run.joulesPerToken() * 1e6 / 3.6e6, withinPercentage(PERCENT));
    assertThat(row.getDouble("output_tokens_per_s"))
        .isCloseTo(run.tokensPerSecond(), withinPercentage(0.5));
    assertThat(row.getDouble("watts") / row.getDouble("output_tokens_per_s"))
        .as("watts per token a second")
        .isCloseTo(run.joulesPerToken(), withinPercentage(PERCENT));
    assertThat(row.getDouble("running_per_engine"))
        .isCloseTo(Math.round(run.batch()), withinPercentage(PERCENT));
  }

  private static List<MlEnergyRun> runs() throws IOException {
    Path file =
        Path.of(System.getProperty("tokenwatt.root", ".."))
            .resolve("../shared/corpus")
            .resolve(MlEnergyRun.FILE);
    Assumptions.assumeTrue(Files.exists(file), "no corpus here: " + MlEnergyRun.FILE);
    return MlEnergyRun.read(file);
  }

  /** Stage 2 without Flink: parts added per cell and window. */
  private static final class Sums implements FactOutput {
    private final Map<List<Object>, CellWindow> windows = new HashMap<>();

    @Override
    public void cell(CellPart part) {
      windows
          .computeIfAbsent(List.of(part.windowStartMs(), part.cell()), k -> new CellWindow())
          .add(part);
    }

    long total(CellMeasure measure) {
      PriceBook none = new PriceBook(List.of());
      return windows.entrySet().stream()
          .map(e -> e.getValue().row((Long) e.getKey().get(0), none, 0))
          .map(CellRow::amounts)
          .mapToLong(amounts -> amounts[measure.ordinal()])
          .sum();
    }

    @Override
    public void gpu(GpuRow row) {}

    @Override
    public void engine(EngineRow row) {}

    @Override
    public void node(NodeRow row) {}

    @Override
    public void intake(IntakeRow row) {}
  }
}
