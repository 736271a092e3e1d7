package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.quickstart.fleet.FleetOptions;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The quickstart as people run it, for a bit over a minute, against what its simulated exporters
 * are known to have served: exporter text over HTTP, Kafka, Flink, ClickHouse, and nothing lost or
 * counted twice.
 */
class QuickstartTruthTest
    implements ChartsPage, CookbookTruth, CounterTruth, PanelTruth, RequestTruth, WindowTruth {
  /** With this seed both flapping exporters go away 45 s after the fleet's start, for 8 to 10 s. */
  private static final long SEED = 303;

  private static final int SECONDS = 75;

  private static QuickstartRun run;

  @BeforeAll
  static void runTheProduct(@TempDir Path data) throws Exception {
    FleetOptions fleet =
        FleetOptions.of(SEED).restartingAfter(Duration.ofSeconds(60), Duration.ofSeconds(8));
    run = QuickstartRun.of(data, fleet, SECONDS);
  }

  @Override
  public QuickstartRun run() {
    return run;
  }

  @AfterAll
  static void stop() {
    if (run != null) {
      run.close();
    }
  }

  @Test
  void whatGoesWrongInARealFleetHappenedInThisRun() {
    assertThat(run.node("e2-h200").outputTokens.get("vllm").restarted()).as("a crash").isTrue();
    assertThat(failures("s3-b200")).as("an engine that refuses").contains("vllm");
    assertThat(failures("s4-l40s")).as("an exporter that refuses").contains("dcgm");
    assertThat(run.node("e5-h100").outputTokens).as("two models on a node").hasSize(2);
    NodeSample mig = run.node("c5-a100").samples.get(30);
    assertThat(mig.getGpus().getUuids().size() / 16).as("rows of two MIG boards").isEqualTo(6);
    assertThat(run.node("c5-a100").energyMj).hasSize(2);
    NodeSample amd = run.node("c6-mi300x").samples.get(30);
    assertThat(amd.getGpus().getUuids().size() / 16).as("rows of four AMD boards").isEqualTo(11);
    assertThat(run.node("c6-mi300x").energyMj).hasSize(4);
    long shown =
        run.node("c1-h100").energyMj.values().iterator().next().all().stream()
            .mapToLong(Readings.Reading::growth)
            .distinct()
            .count();
    assertThat(shown).as("values that an exporter at 30 s showed in 75 s").isBetween(2L, 5L);
  }

  @Test
  void identitiesHoldInEveryRowOfTheViews() {
    int ratios = new Identities(run.store(), "tokenwatt").everyRow();
    System.out.println("ratios checked: " + ratios);
    assertThat(ratios).isGreaterThan(400);
  }

  @Test
  void groupsAndWindowsAddUpToTheSameTotals() {
    Identities identities = new Identities(run.store(), "tokenwatt");
    identities.groupsAddUp();
    identities.windowsAddUp();
  }

  @Test
  void eachRowHasARatioOrTheReasonWhyThereIsNone() {
    for (GenericRecord row :
        run.store().rows("SELECT * FROM tokenwatt.efficiency_cells(window_s = 10)")) {
      assertThat(row.hasValue("output_tokens_per_joule"))
          .as(row.getString("time") + " " + row.getString("workload"))
          .isEqualTo(row.getString("energy_null_reason").isEmpty());
    }
  }
}
