package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.storage.KnownFleet.Node;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Eight boards of 3.60 dollars an hour are 0.008 dollars a second; 800 tokens/s: 10 $/Mtok. */
class DollarsPerTokenTest {
  private static final Node NODE = new Node(8, 325, 4_000, 800);
  private static final long T =
      Math.floorDiv(System.currentTimeMillis(), 3_600_000L) * 3_600_000L - 7_200_000L;

  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.withTables();
    Price price =
        new Price(
            "acme",
            "eu",
            "H100-SXM",
            "on_demand",
            Instant.ofEpochMilli(T),
            BigDecimal.valueOf(3.6),
            false,
            "test");
    new LoadPrices(database.store()).load(List.of(price), 1);
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @Test
  void aMinuteWithoutEnergyReadingsCostsTheSamePerToken() {
    KnownFleet fleet = new KnownFleet("unmetered").read(NODE, T, T + 60_000);
    fleet.add(T, CellMeasure.OUTPUT_TOKENS_METERED, 800); // one second of sixty
    GenericRecord row = row(fleet);
    dollars(row, 10);
    assertThat(row.getString("usd_null_reason")).isEmpty();
  }

  @Test
  void dollarsAreNotSpreadOverTheTokensOfAPartOfTheTime() {
    KnownFleet fleet = new KnownFleet("deaf").read(NODE, T, T + 60_000);
    fleet.add(T, CellMeasure.TOKENS_OBSERVED_MS, -7_000);
    fleet.add(T, CellMeasure.OUTPUT_TOKENS, -7 * 800);
    isUnknown(row(fleet), "token_coverage");
  }

  @Test
  void boardsThatWereNotReadDoNotMakeTokensCheap() {
    KnownFleet fleet = new KnownFleet("blind").read(NODE, T, T + 60_000);
    fleet.add(T, CellMeasure.GPU_MS, -8 * 7_000).add(T, CellMeasure.GPU_BUSY_MS, -8 * 7_000);
    isUnknown(row(fleet), "board_coverage");
  }

  @Test
  void anEngineWithoutBoardsIsNotFree() {
    KnownFleet fleet = new KnownFleet("boardless").read(new Node(0, 0, 0, 800), T, T + 60_000);
    isUnknown(row(fleet), "board_coverage");
  }

  @Test
  void boardsThatMadeNoTokensHaveNoPricePerToken() {
    KnownFleet fleet = new KnownFleet("idle").read(new Node(8, 80, 900, 0), T, T + 60_000);
    isUnknown(row(fleet), "no_tokens");
  }

  @Test
  void withoutAPriceThereAreNoDollars() {
    KnownFleet fleet = new KnownFleet("early").read(NODE, T - 3_600_000, T - 3_540_000);
    isUnknown(row(fleet), "no_price");
  }

  private static void isUnknown(GenericRecord row, String reason) {
    assertThat(row.hasValue("usd_per_mtok_output_active")).isFalse();
    assertThat(row.hasValue("usd_per_mtok_output_all_in")).isFalse();
    assertThat(row.getString("usd_null_reason")).isEqualTo(reason);
  }

  private static void dollars(GenericRecord row, double expected) {
    assertThat(row.getDouble("usd_per_mtok_output_active")).isCloseTo(expected, within(1e-9));
    assertThat(row.getDouble("usd_per_mtok_output_all_in")).isCloseTo(expected, within(1e-9));
  }

  private static GenericRecord row(KnownFleet fleet) {
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeCells(fleet.rows());
    }
    List<GenericRecord> rows =
        database
            .store()
            .rows(
                "SELECT * FROM %s(window_s = 60) WHERE model = '%s'"
                    .formatted(database.table("efficiency"), fleet.cell().model()));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }
}
