package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.model.Cell;
import io.tokenwatt.storage.schema.Schema;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An engine that ends and starts again goes on where its rollups stood. */
class RollupRestartTest {
  private static final long HOUR_MS = 3_600_000;

  private final RandomRows random = new RandomRows(11);
  private final Cell cell = RandomRows.cell("eu", "H100-SXM", "llama");
  private final long hour = Math.floorDiv(System.currentTimeMillis(), HOUR_MS) * HOUR_MS - HOUR_MS;

  @TempDir Path data;

  @Test
  void rowsThatWereNotRolledUpBeforeTheEndAreAfterTheStart() {
    try (EmbeddedClickHouse engine = EmbeddedClickHouse.start(ClickHouseOptions.keptIn(data))) {
      StoreConfig config = StoreConfig.of(engine.httpUrl());
      Schema.apply(config);
      write(config, hour);
      refresh(config);
      write(config, hour + 10_000);
    }
    try (EmbeddedClickHouse engine = EmbeddedClickHouse.start(ClickHouseOptions.keptIn(data))) {
      StoreConfig config = StoreConfig.of(engine.httpUrl());
      refresh(config);
      write(config, hour + 20_000);
      refresh(config);
      try (Store store = new Store(config)) {
        String sums = sums(store, "efficiency_10s");
        assertThat(sums(store, "efficiency_1m")).isEqualTo(sums);
        assertThat(sums(store, "efficiency_1h")).isEqualTo(sums);
      }
    }
  }

  private void write(StoreConfig config, long windowStartMs) {
    try (FactWriter writer = new FactWriter(config)) {
      writer.writeCells(List.of(random.cellRow(windowStartMs, cell, 1)));
    }
  }

  private static void refresh(StoreConfig config) {
    try (Store store = new Store(config)) {
      for (String table : List.of("efficiency_1m", "efficiency_1h")) {
        store.command("SYSTEM WAIT VIEW " + config.database() + "." + table + "_refresh");
        store.command("SYSTEM REFRESH VIEW " + config.database() + "." + table + "_refresh");
        store.command("SYSTEM WAIT VIEW " + config.database() + "." + table + "_refresh");
      }
    }
  }

  private static String sums(Store store, String table) {
    return store
        .rows(
            "SELECT toString((sum(gpu_mj), sum(output_tokens), sum(version))) AS s FROM tokenwatt."
                + table
                + " FINAL")
        .get(0)
        .getString("s");
  }
}
