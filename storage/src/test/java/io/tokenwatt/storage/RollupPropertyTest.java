package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.LatencyRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Rows, corrections, stragglers of older versions and repeats in any order, with refreshes between
 * them: minutes and hours hold the sums of the rows of the highest version, which a map keeps.
 */
class RollupPropertyTest {
  private static final long HOUR_MS = 3_600_000;
  private static final int STEPS = 12;

  private static TestDatabase database;
  private static FactWriter writer;

  private final long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
  private final Random dice = new Random(seed);
  private final RandomRows rows = new RandomRows(seed);
  private final long newest =
      Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - HOUR_MS;

  @BeforeAll
  static void open() {
    database = TestDatabase.withTables();
    writer = new FactWriter(database.config());
  }

  @AfterAll
  static void close() {
    writer.close();
    database.close();
  }

  /** What a row says of itself, whatever its kind. */
  private record Seen<R>(
      Function<R, Object> key,
      ToLongFunction<R> window,
      ToLongFunction<R> version,
      Function<R, long[]> amounts) {}

  @Test
  void cells() {
    Seen<CellRow> seen =
        new Seen<>(
            r -> r.windowStartMs() + " " + r.cell().id(),
            CellRow::windowStartMs,
            CellRow::version,
            CellRow::amounts);
    check(
        "efficiency",
        "expected_ms + gpu_mj * 3 + output_tokens * 5 + throttled_us * 7",
        a ->
            a[CellMeasure.EXPECTED_MS.ordinal()]
                + a[CellMeasure.GPU_MJ.ordinal()] * 3
                + a[CellMeasure.OUTPUT_TOKENS.ordinal()] * 5
                + a[CellMeasure.THROTTLED_US.ordinal()] * 7,
        (window, version) -> rows.cellRow(window, cell(), version),
        seen,
        writer::writeCells);
  }

  @Test
  void boards() {
    Seen<GpuRow> seen =
        new Seen<>(
            r -> r.windowStartMs() + r.gpu(),
            GpuRow::windowStartMs,
            GpuRow::version,
            GpuRow::amounts);
    check(
        "gpu",
        "expected_ms + energy_mj * 3 + power_mw_ms * 5",
        a ->
            a[GpuMeasure.EXPECTED_MS.ordinal()]
                + a[GpuMeasure.ENERGY_MJ.ordinal()] * 3
                + a[GpuMeasure.POWER_MW_MS.ordinal()] * 5,
        (window, version) -> rows.gpuRow(window, "GPU-" + dice.nextInt(3), version),
        seen,
        writer::writeGpus);
  }

  @Test
  void engines() {
    Seen<EngineRow> seen =
        new Seen<>(
            r -> r.windowStartMs() + r.instance(),
            EngineRow::windowStartMs,
            EngineRow::version,
            EngineRow::amounts);
    check(
        "engine",
        "expected_ms + output_tokens * 3 + prompt_tokens * 5",
        a ->
            a[EngineMeasure.EXPECTED_MS.ordinal()]
                + a[EngineMeasure.OUTPUT_TOKENS.ordinal()] * 3
                + a[EngineMeasure.PROMPT_TOKENS.ordinal()] * 5,
        (window, version) -> rows.engineRow(window, "vllm-" + dice.nextInt(3), version),
        seen,
        writer::writeEngines);
  }

  @Test
  void latencies() {
    Seen<LatencyRow> seen =
        new Seen<>(
            r -> r.windowStartMs() + " " + r.cell().id(),
            LatencyRow::windowStartMs,
            LatencyRow::version,
            LatencyRow::counts);
    check(
        "latency",
        "arraySum((n, i) -> n * i, counts, arrayEnumerate(counts))",
        a -> a[0] + a[1] * 2 + a[2] * 3 + a[3] * 4 + a[4] * 5,
        (window, version) -> rows.latencyRow(window, cell(), version),
        seen,
        writer::writeLatency);
  }

  private interface Making<R> {
    R row(long windowStartMs, long version);
  }

  private interface Writing<R> {
    void write(List<R> rows);
  }

  private <R> void check(
      String facts,
      String sql,
      ToLongFunction<long[]> same,
      Making<R> making,
      Seen<R> seen,
      Writing<R> writing) {
    Map<Object, R> truth = new HashMap<>();
    List<R> written = new ArrayList<>();
    Set<String> versions = new HashSet<>();
    for (int step = 0; step < STEPS; step++) {
      List<R> batch = new ArrayList<>();
      for (int i = 0; i < 1 + dice.nextInt(30); i++) {
        boolean again = !written.isEmpty() && dice.nextInt(4) == 0;
        R row =
            again
                ? written.get(dice.nextInt(written.size()))
                : making.row(window(), 1 + dice.nextInt(1000));
        // Of one version there is one row: it is written again, never with other content.
        if (!again && !versions.add(seen.key.apply(row) + " " + seen.version.applyAsLong(row))) {
          continue;
        }
        batch.add(row);
        written.add(row);
        truth.merge(
            seen.key.apply(row),
            row,
            (a, b) -> seen.version.applyAsLong(b) > seen.version.applyAsLong(a) ? b : a);
      }
      writing.write(batch);
      if (dice.nextInt(3) == 0) {
        Rollups.refresh(database, facts + "_1m", facts + "_1h");
      }
    }
    Rollups.refresh(database, facts + "_1m", facts + "_1h");

    Map<Long, Long> expected = sums(truth.values(), seen, same);
    for (String table : List.of(facts + "_10s", facts + "_1m", facts + "_1h")) {
      assertThat(stored(table, sql)).as("%s, seed %d", table, seed).isEqualTo(expected);
    }
  }

  private long window() {
    return newest - dice.nextInt(3) * HOUR_MS + dice.nextInt(20) * 10_000L;
  }

  private Cell cell() {
    return RandomRows.cell("eu", "H100-SXM", "model-" + dice.nextInt(3));
  }

  private static <R> Map<Long, Long> sums(
      Collection<R> truth, Seen<R> seen, ToLongFunction<long[]> same) {
    Map<Long, Long> sums = new TreeMap<>();
    for (R row : truth) {
      long hour = Math.floorDiv(seen.window.applyAsLong(row), HOUR_MS) * HOUR_MS;
      long[] amounts = Arrays.copyOf(seen.amounts.apply(row), seen.amounts.apply(row).length);
      sums.merge(hour, same.applyAsLong(amounts), Long::sum);
    }
    return sums;
  }

  private static Map<Long, Long> stored(String table, String sql) {
    Map<Long, Long> sums = new TreeMap<>();
    database
        .store()
        .rows(
            "SELECT toUnixTimestamp(toStartOfHour(window_start)) * 1000 AS hour, sum(%s) AS s FROM %s FINAL GROUP BY hour"
                .formatted(sql, database.table(table)))
        .forEach(row -> sums.put(row.getLong("hour"), row.getLong("s")));
    return sums;
  }
}
