package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.NodeRow;
import io.tokenwatt.model.fact.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PowerHeadroomTest {
  private static final long HOUR_MS = 3_600_000;
  private final long t0 =
      Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - 2 * HOUR_MS;
  private final List<NodeRow> rows = new ArrayList<>();
  private TestDatabase database;

  @BeforeEach
  void open() {
    database = TestDatabase.withTables();
  }

  @AfterEach
  void close() {
    database.close();
  }

  /** Two nodes that take turns: together they always draw 3 kW, though each one's P99 is 2 kW. */
  @Test
  void theSumIsTakenBeforeTheQuantile() {
    for (int w = 0; w < 200; w++) {
      node(w, "n1", "r1", w % 2 == 0 ? 2000 : 1000).add(NodeMeasure.OUTPUT_TOKENS, 10_000);
      node(w, "n2", "r1", w % 2 == 0 ? 1000 : 2000).add(NodeMeasure.OUTPUT_TOKENS, 20_000);
    }
    budget("rack", "r1", 5, 2);
    write();
    GenericRecord rack = row("rack", "r1", 200, 10);
    close(rack, "p99_node_watts", 3000.0);
    close(rack, "peak_node_watts", 3000.0);
    close(rack, "stranded_watts", 2000.0);
    close(rack, "output_tokens_per_s", 3000.0);
    // 3,000 tokens/s at 3 kW are 10^6 a second per MW; 2 kW more would make 2,000.
    close(rack, "output_tokens_per_s_per_mw_node", 1e6);
    close(rack, "extra_output_tokens_per_s", 2000.0);
    assertThat(rack.getString("node_watts_basis")).isEqualTo("measured");
    close(row("fleet", "", 200, 10), "p99_node_watts", 3000.0);
    close(row("fleet", "", 200, 10), "extra_output_tokens_per_s", null);
  }

  @Test
  void aRackWithUnseenNodesSaysSoInsteadOfANumber() {
    for (int w = 0; w < 30; w++) {
      node(w, "n1", "r1", 2000);
      node(w, "n2", "r2", 2000).set(NodeMeasure.MACHINE_OBSERVED_MS, 0);
      node(w, "n3", "r3", 2000);
      if (w % 4 == 0) {
        node(w, "n4", "r3", 2000).set(NodeMeasure.EXPECTED_MS, 4000);
      }
      node(w, "n5", "r5", 2000).add(NodeMeasure.SPANNING_BOARD_MS, 5);
    }
    budget("rack", "r1", 5, 2);
    budget("rack", "r2", 5, 0);
    budget("rack", "r3", 5, 0);
    budget("rack", "r5", 5, 0);
    write();
    assertThat(reason("r1")).isEqualTo("unseen_nodes");
    assertThat(reason("r2")).isEqualTo("no_node_power");
    assertThat(reason("r3")).as("a node that came and went").isEqualTo("coverage");
    for (String rack : List.of("r1", "r2", "r3")) {
      close(row("rack", rack, 30, 10), "p99_node_watts", null);
      close(row("rack", rack, 30, 10), "stranded_watts", null);
      close(row("rack", rack, 30, 10), "extra_output_tokens_per_s", null);
    }
    close(row("rack", "r2", 30, 10), "peak_gpu_watts", 1200.0);
    GenericRecord spanning = row("rack", "r5", 30, 10);
    close(spanning, "p99_node_watts", 2000.0);
    close(spanning, "output_tokens_per_s_per_mw_node", null);
    assertThat(spanning.getString("tokens_null_reason")).isEqualTo("engine_over_nodes");
    assertThat(row("fleet", "", 30, 10).getString("stranded_watts_null_reason"))
        .isEqualTo("no_limit");
    assertThatThrownBy(() -> row("fleet", "", 30, 15)).hasMessageContaining("multiple of 10");
  }

  @Test
  void aMeterSlowerThanTheWindowHidesPeaksAndIsNotTrustedWithThem() {
    for (int w = 0; w < 60; w++) {
      node(w, "n1", "r1", 2000).sourcePeriodMs = 30_000;
    }
    write();
    assertThat(row("fleet", "", 60, 10).getString("node_watts_null_reason"))
        .isEqualTo("source_period");
    close(row("fleet", "", 60, 60), "p99_node_watts", 2000.0);
  }

  @Test
  void everyScopeEqualsAnIndependentComputationFromTheRows() {
    long seed = new Random().nextLong();
    System.out.println("PowerHeadroomTest seed " + seed);
    Random random = new Random(seed);
    for (int w = 0; w < 360; w++) {
      for (int n = 0; n < 9; n++) {
        Builder node = node(w, "n" + n, "r" + n / 3, 1500 + random.nextInt(2000));
        node.set(NodeMeasure.OUTPUT_TOKENS, random.nextInt(100_000));
        if (n >= 6) {
          node.set(NodeMeasure.MACHINE_MODELLED_MS, Window.SIZE_MS)
              .set(NodeMeasure.MACHINE_MJ_MODELLED, Window.SIZE_MS * random.nextInt(3000))
              .set(NodeMeasure.MACHINE_OBSERVED_MS, 0);
        }
        if (random.nextInt(200) == 0) {
          node.set(NodeMeasure.EXPECTED_MS, random.nextInt(9_000));
        }
        if (random.nextInt(100) == 0) {
          node.set(NodeMeasure.BOARD_OBSERVED_MS, 0).set(NodeMeasure.TOKENS_OBSERVED_MS, 0);
        }
      }
    }
    budget("rack", "r0", 30, 3);
    budget("rack", "r1", 8, 0);
    database
        .store()
        .command(
            "INSERT INTO %s (scope, site, name, effective_from, limit_kw, racks, version) VALUES ('feed', 's', 'f', '2020-01-01 00:00:00', 20, ['r1', 'r2'], 1)"
                .formatted(database.table("power_budgets")));
    write();
    database.refresh("node_1m_refresh");
    for (int step : new int[] {10, 60, 300}) {
      compare(step, "rack", "r0", 30_000.0, r -> r.place().rack().equals("r0"));
      compare(step, "rack", "r1", 8_000.0, r -> r.place().rack().equals("r1"));
      compare(step, "feed", "f", 20_000.0, r -> !r.place().rack().equals("r0"));
      compare(step, "fleet", "", null, r -> true);
    }
  }

  private void compare(int step, String scope, String name, Double limit, Predicate<NodeRow> in) {
    long until = t0 + 360 * Window.SIZE_MS;
    List<Long> windows =
        Stream.iterate(t0, t -> t + step * 1000L <= until, t -> t + step * 1000L).toList();
    PowerHeadroomOracle oracle =
        new PowerHeadroomOracle(rows, windows, step * 1000L, name.equals("r0") ? 3 : 0, in);
    GenericRecord row = row(scope, name, 360, step);
    close(row, "node_coverage", (double) oracle.nodeWatts.size() / windows.size());
    close(row, "gpu_coverage", (double) oracle.gpuWatts.size() / windows.size());
    boolean node = oracle.nodeWatts.size() >= 0.9 * windows.size();
    boolean gpu = oracle.gpuWatts.size() >= 0.9 * windows.size();
    Double p99 = node ? PowerHeadroomOracle.quantile(oracle.nodeWatts, 0.99) : null;
    Double peak = node ? PowerHeadroomOracle.quantile(oracle.nodeWatts, 1) : null;
    close(row, "p99_node_watts", p99);
    close(row, "peak_node_watts", peak);
    close(row, "p99_gpu_watts", gpu ? PowerHeadroomOracle.quantile(oracle.gpuWatts, 0.99) : null);
    boolean headroom = node && limit != null;
    close(row, "stranded_watts", headroom ? limit - p99 : null);
    close(row, "headroom_watts", headroom ? limit - peak : null);
    boolean paired = node && oracle.paired() >= 0.9 * oracle.nodeWatts.size();
    Double perMw = paired ? oracle.tokensPerJoule() * 1e6 : null;
    close(row, "output_tokens_per_s_per_mw_node", perMw);
    close(
        row,
        "extra_output_tokens_per_s",
        paired && headroom ? Math.max(limit - p99, 0) / 1e6 * perMw : null);
  }

  private static final class Builder {
    final long[] amounts = new long[NodeMeasure.values().length];
    long sourcePeriodMs = 1000;

    Builder set(NodeMeasure measure, long amount) {
      amounts[measure.ordinal()] = amount;
      return this;
    }

    Builder add(NodeMeasure measure, long amount) {
      amounts[measure.ordinal()] += amount;
      return this;
    }
  }

  private final List<Runnable> building = new ArrayList<>();

  /** A node of two boards of 600 W and one engine, wholly read. */
  private Builder node(int window, String name, String rack, long watts) {
    Builder b = new Builder();
    b.set(NodeMeasure.EXPECTED_MS, Window.SIZE_MS)
        .set(NodeMeasure.BOARD_EXPECTED_MS, 2 * Window.SIZE_MS)
        .set(NodeMeasure.BOARD_OBSERVED_MS, 2 * Window.SIZE_MS)
        .set(NodeMeasure.BOARD_MJ, 1200 * Window.SIZE_MS)
        .set(NodeMeasure.MACHINE_OBSERVED_MS, Window.SIZE_MS)
        .set(NodeMeasure.MACHINE_MJ, watts * Window.SIZE_MS)
        .set(NodeMeasure.TOKENS_EXPECTED_MS, Window.SIZE_MS)
        .set(NodeMeasure.TOKENS_OBSERVED_MS, Window.SIZE_MS);
    Place place = new Place(name, "eu", "z", "c", "s", rack);
    long start = t0 + window * Window.SIZE_MS;
    building.add(() -> rows.add(new NodeRow(start, place, b.amounts, 0, b.sourcePeriodMs, 1)));
    return b;
  }

  private void budget(String scope, String name, double kw, int nodes) {
    database
        .store()
        .command(
            "INSERT INTO %s (scope, site, name, effective_from, limit_kw, nodes, version) VALUES ('%s', 's', '%s', '2020-01-01 00:00:00', %s, %d, 1)"
                .formatted(database.table("power_budgets"), scope, name, kw, nodes));
  }

  private void write() {
    building.forEach(Runnable::run);
    // A further window: the view leaves out the newest, which is still being written.
    rows.add(
        new NodeRow(
            t0 + HOUR_MS, rows.get(0).place(), new long[NodeMeasure.values().length], 0, 0, 1));
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeNodes(rows);
    }
  }

  private String reason(String rack) {
    return row("rack", rack, 30, 10).getString("node_watts_null_reason");
  }

  private GenericRecord row(String scope, String name, int windows, int step) {
    List<GenericRecord> found =
        database
            .store()
            .rows(
                "SELECT * FROM %s(since = '%s', until = '%s', window_s = %d) WHERE scope = '%s' AND name = '%s'"
                    .formatted(
                        database.table("power_headroom"),
                        CellsBetweenTest.utc(t0),
                        CellsBetweenTest.utc(t0 + windows * Window.SIZE_MS),
                        step,
                        scope,
                        name));
    assertThat(found).as(scope + " " + name).hasSize(1);
    return found.get(0);
  }

  private static void close(GenericRecord row, String column, Double expected) {
    String what = column + " of " + row.getString("scope") + " " + row.getString("name");
    assertThat(row.hasValue(column)).as(what + " is known").isEqualTo(expected != null);
    if (expected != null) {
      assertThat(row.getDouble(column))
          .as(what)
          .isCloseTo(expected, Offset.offset(Math.max(1e-9, Math.abs(expected) * 1e-9)));
    }
  }
}
