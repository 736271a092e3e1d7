package io.tokenwatt.quickstart;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows the view {@code efficiency} of the last minute until time is up or somebody interrupts,
 * then a summary.
 */
final class LiveView {
  private static final Logger LOG = LoggerFactory.getLogger(LiveView.class);
  private static final long REFRESH_S = 5;

  private final Quickstart quickstart;
  private final QuickstartOptions options;
  private final Progress progress;

  LiveView(Quickstart quickstart, QuickstartOptions options, Progress progress) {
    this.quickstart = quickstart;
    this.options = options;
    this.progress = progress;
  }

  void show(CountDownLatch interrupted) throws InterruptedException {
    long endNanos =
        options.length().map(length -> System.nanoTime() + length.toNanos()).orElse(Long.MAX_VALUE);
    try (Store store = new Store(quickstart.store())) {
      boolean first = true;
      while (System.nanoTime() < endNanos) {
        List<GenericRecord> rows = rows(store);
        if (!rows.isEmpty()) {
          if (first) {
            progress.say("first row");
            first = false;
          }
          rows.forEach(r -> System.out.println(r.getValues()));
        }
        long waitMs = first ? 500 : REFRESH_S * 1000;
        if (interrupted.await(waitMs, TimeUnit.MILLISECONDS)) {
          break;
        }
      }
    }
  }

  private List<GenericRecord> rows(Store store) {
    try {
      return store.rows(
          "SELECT * FROM tokenwatt.efficiency(window_s = 60) WHERE time >= now() - 120 ORDER BY ALL");
    } catch (StoreException e) {
      LOG.warn("the view does not answer: {}", e.getMessage());
      return List.of();
    }
  }
}
