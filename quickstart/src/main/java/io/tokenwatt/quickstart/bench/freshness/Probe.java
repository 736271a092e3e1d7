package io.tokenwatt.quickstart.bench.freshness;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.model.Window;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.util.List;

/** Asks the store again and again for the newest windows of boards and notes when each is whole. */
final class Probe {
  static final double COVERAGE = 0.99;
  private static final long EVERY_MS = 100;

  /** A row may come so long after its window before it counts as never. */
  private static final long PATIENCE_MS = 20_000;

  private final Arrivals arrivals = new Arrivals();
  private long firstWindowMs;
  private long endMs;

  /** Boards of these nodes, windows of the next {@code seconds}. */
  Probe run(StoreConfig config, List<String> nodes, int seconds) throws InterruptedException {
    firstWindowMs = (System.currentTimeMillis() / Window.SIZE_MS + 1) * Window.SIZE_MS;
    endMs = firstWindowMs + seconds * 1_000L / Window.SIZE_MS * Window.SIZE_MS;
    String names = "'" + String.join("', '", nodes) + "'";
    try (Store store = new Store(config)) {
      for (long now = System.currentTimeMillis();
          now < endMs + PATIENCE_MS;
          now = System.currentTimeMillis()) {
        ask(store, names);
        Thread.sleep(EVERY_MS);
      }
    }
    return this;
  }

  private void ask(Store store, String names) {
    long from = Math.max(firstWindowMs, System.currentTimeMillis() - 3 * Window.SIZE_MS);
    List<GenericRecord> rows =
        store.rows(
            "SELECT toUnixTimestamp(window_start) AS at, gpu, observed_ms / expected_ms AS coverage FROM gpu_10s FINAL WHERE node IN (%s) AND window_start >= toDateTime(%d) AND expected_ms > 0"
                .formatted(names, from / 1_000)
                .replace("FROM ", "FROM " + store.config().database() + "."));
    long answeredMs = System.currentTimeMillis();
    for (GenericRecord row : rows) {
      long start = row.getLong("at") * 1_000;
      arrivals.known(row.getString("gpu"));
      if (row.getDouble("coverage") >= COVERAGE && start < endMs) {
        arrivals.whole(new Arrivals.Key(start, row.getString("gpu")), answeredMs);
      }
    }
  }

  Arrivals arrivals() {
    return arrivals;
  }

  long firstWindowMs() {
    return firstWindowMs;
  }

  long endMs() {
    return endMs;
  }
}
