package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.storage.KnownFleet.Node;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The view's rates against fleets whose true watts and tokens per second are known. */
class RatesTest {
  private static final Node NODE = new Node(8, 325, 4_000, 900);
  private static final List<String> RATES =
      List.of(
          "gpus",
          "watts",
          "watts_node",
          "output_tokens_per_s",
          "prompt_tokens_per_s",
          "requests_per_s");

  /** A full hour, so that an hour's row holds the whole of each fleet. */
  private static final long T =
      Math.floorDiv(System.currentTimeMillis(), 3_600_000L) * 3_600_000L - 7_200_000L;

  private static TestDatabase database;

  @BeforeAll
  static void open() {
    database = TestDatabase.withTables();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {2_730, 10_000, 12_730, 50_000, 60_000})
  void aRowThatDataReachedLateHasTheRatesOfThoseLastSeconds(long lateMs) {
    KnownFleet fleet = new KnownFleet("late-" + lateMs);
    load(fleet.read(NODE, T + 60_000 - lateMs, T + 150_000));
    rates(row(fleet, 60, T), lateMs / 1e3, 8, 2_600, 4_000, 900);
    rates(row(fleet, 60, T + 60_000), 60, 8, 2_600, 4_000, 900);
    rates(row(fleet, 3600, T), (lateMs + 90_000) / 1e3, 8, 2_600, 4_000, 900);
    long firstWindow = (T + 60_000 - lateMs) / 10_000 * 10_000;
    rates(row(fleet, 10, firstWindow), (lateMs - 1) % 10_000 / 1e3 + 0.001, 8, 2_600, 4_000, 900);
  }

  @Test
  void aRowOfWhichNothingWasEverExpectedHasNoRatesAndBreaksNoOthers() {
    KnownFleet fleet = new KnownFleet("taken-back");
    load(fleet.add(T, CellMeasure.OUTPUT_TOKENS, 0).add(T + 10_000, CellMeasure.GPU_MJ, 5));
    for (String rate : RATES) {
      assertThat(row(fleet, 60, T).hasValue(rate)).as(rate).isFalse();
    }
  }

  @Test
  void aGroupThatLeavesInsideAWindowHasTheRatesItHadUntilThen() {
    KnownFleet fleet = new KnownFleet("leaves");
    load(fleet.read(NODE, T, T + 23_456));
    rates(row(fleet, 60, T), 23.456, 8, 2_600, 4_000, 900);
    rates(row(fleet, 10, T + 20_000), 3.456, 8, 2_600, 4_000, 900);
  }

  @Test
  void aNodeThatIsSilentForHalfTheRowLowersCoverageAndNotTheRates() {
    KnownFleet fleet = new KnownFleet("silent");
    fleet.read(NODE, T, T + 120_000).read(NODE, T, T + 30_000);
    load(fleet.silent(NODE, T + 30_000, T + 120_000));
    GenericRecord half = row(fleet, 60, T);
    rates(half, 60, 16, 5_200, 8_000, 1_800);
    assertThat(half.getDouble("coverage")).isEqualTo(0.75);
    assertThat(half.getDouble("token_coverage")).isEqualTo(0.75);
    assertThat(half.getDouble("gpu_joules")).isEqualTo(2_600 * 90.0);
    rates(row(fleet, 60, T + 60_000), 60, 16, 5_200, 8_000, 1_800);
  }

  @Test
  void aGroupThatIsSilentAltogetherHasNoRates() {
    KnownFleet fleet = new KnownFleet("dead");
    load(fleet.read(NODE, T, T + 60_000).silent(NODE, T + 60_000, T + 120_000));
    GenericRecord dead = row(fleet, 60, T + 60_000);
    assertThat(dead.getDouble("coverage")).isZero();
    RATES.forEach(rate -> assertThat(dead.hasValue(rate)).as(rate).isFalse());
  }

  @Test
  void aGroupThatGrowsInsideTheRowHasItsMean() {
    KnownFleet fleet = new KnownFleet("grows");
    load(fleet.read(NODE, T, T + 60_000).read(NODE, T + 27_000, T + 60_000));
    rates(row(fleet, 60, T), 60, 12.4, 1.55 * 2_600, 1.55 * 4_000, 1.55 * 900);
  }

  @Test
  void anEngineThatStartsAfterItsBoardsMadeNoTokensBefore() {
    KnownFleet fleet = new KnownFleet("loads");
    fleet.read(new Node(8, 100, 1_000, 0), T, T + 60_000);
    fleet.add(T, CellMeasure.TOKENS_EXPECTED_MS, -10_000);
    fleet.add(T, CellMeasure.TOKENS_OBSERVED_MS, -10_000);
    load(fleet.add(T + 50_000, CellMeasure.OUTPUT_TOKENS, 6_000));
    GenericRecord row = row(fleet, 60, T);
    assertThat(row.getDouble("output_tokens_per_s")).isEqualTo(100);
    assertThat(row.getDouble("watts")).isEqualTo(800);
  }

  @Test
  void howLongASingleWindowWasSeenIsNotKnown() {
    KnownFleet fleet = new KnownFleet("single");
    load(fleet.read(NODE, T + 17_000, T + 20_000));
    GenericRecord row = row(fleet, 60, T);
    assertThat(row.hasValue("seconds")).isFalse();
    RATES.forEach(rate -> assertThat(row.hasValue(rate)).as(rate).isFalse());
    assertThat(row.getDouble("gpu_joules")).isEqualTo(2_600 * 3.0);
  }

  @Test
  void secondsWithoutAWindowOfTheGroupAreNotCounted() {
    KnownFleet fleet = new KnownFleet("returns");
    fleet.read(NODE, T + 5_000, T + 25_000);
    load(fleet.read(NODE, T + 47_000, T + 80_000));
    rates(row(fleet, 60, T), 5 + 15 + 13, 8, 2_600, 4_000, 900);
  }

  private static void rates(
      GenericRecord row, double seconds, double gpus, double watts, double nodeWatts, double perS) {
    close(row, "seconds", seconds);
    close(row, "gpus", gpus);
    close(row, "watts", watts);
    close(row, "watts_node", nodeWatts);
    close(row, "output_tokens_per_s", perS);
    close(row, "prompt_tokens_per_s", perS);
    close(row, "requests_per_s", perS);
  }

  /** Within a thousandth: tokens of a window are whole. */
  private static void close(GenericRecord row, String column, double expected) {
    assertThat(row.hasValue(column)).as(column + " has a value").isTrue();
    assertThat(row.getDouble(column)).as(column).isCloseTo(expected, within(expected * 1e-3));
  }

  private static void load(KnownFleet fleet) {
    try (FactWriter writer = new FactWriter(database.config())) {
      writer.writeCells(fleet.rows());
    }
  }

  private static GenericRecord row(KnownFleet fleet, int windowS, long timeMs) {
    List<GenericRecord> rows =
        database
            .store()
            .rows(
                "SELECT * FROM %s(window_s = %d) WHERE model = '%s' AND time = toDateTime(%d)"
                    .formatted(
                        database.table("efficiency"),
                        windowS,
                        fleet.cell().model(),
                        timeMs / 1000));
    assertThat(rows).hasSize(1);
    return rows.get(0);
  }
}
