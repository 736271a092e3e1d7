package io.tokenwatt.jobs.efficiency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tokenwatt.jobs.cost.PriceBook;
import io.tokenwatt.model.Cell;
import io.tokenwatt.storage.LoadPrices;
import io.tokenwatt.storage.Price;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.StoreException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Prices that people load while a job runs, on a real ClickHouse that goes away for a while. */
class FollowedTableTest {
  private static final long HOUR = 3_600_000;

  /** Static: a reader travels to its subtask as bytes. */
  private static final AtomicReference<StoreConfig> WHERE = new AtomicReference<>();

  private static final Cell CELL =
      new Cell(
          "eu",
          "c1",
          "cloud",
          "acme",
          "spot",
          "H100",
          "m",
          "fp8",
          "w",
          "o",
          "",
          "vllm",
          "both",
          "generate",
          "inference");

  private static final class Failures extends UnregisteredMetricsGroup {
    final Counter counter = new SimpleCounter();

    @Override
    public org.apache.flink.metrics.MetricGroup addGroup(String key, String value) {
      return this;
    }

    @Override
    public Counter counter(String name) {
      return counter;
    }
  }

  private static void load(StoreConfig config, double usd) {
    try (Store store = new Store(config)) {
      Price price =
          new Price(
              "acme",
              "eu",
              "H100",
              "spot",
              Instant.parse("2020-01-01T00:00:00Z"),
              BigDecimal.valueOf(usd),
              true,
              "test");
      new LoadPrices(store).load(List.of(price), Math.round(usd));
    }
  }

  private static long microusd(FollowedTable<PriceBook> table) {
    return table.now().microusd(CELL, HOUR, System.currentTimeMillis()).orElse(-1);
  }

  private static void eventually(Callable<Boolean> condition) {
    await().atMost(Duration.ofSeconds(60)).until(condition);
  }

  @Test
  void changesAreTakenUpAndTheLastAnswerHoldsWhileThereIsNone() throws Exception {
    StoreConfig config = Engines.shared().database("followed_prices");
    load(config, 1);
    WHERE.set(config);
    FollowedTable<PriceBook> launched =
        FollowedTable.every(Duration.ofMillis(100), "prices", () -> PriceTable.once(WHERE.get()));
    FollowedTable<PriceBook> table = InstantiationUtil.clone(launched);
    Failures failures = new Failures();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger(FollowedTable.class);
    logger.addAppender(log);
    logger.setLevel(Level.INFO);
    try {
      table.open(failures, true);
      assertThat(microusd(table)).isEqualTo(1_000_000);
      load(config, 2);
      eventually(() -> microusd(table) == 2_000_000);
      assertThat(microusd(launched)).as("one that is not open").isEqualTo(1_000_000);

      WHERE.set(new StoreConfig("http://127.0.0.1:1", "default", "", config.database()));
      eventually(() -> failures.counter.getCount() >= 3);
      assertThat(microusd(table)).isEqualTo(2_000_000);
      load(config, 3);
      WHERE.set(config);
      eventually(() -> microusd(table) == 3_000_000);
    } finally {
      table.close();
      logger.detachAppender(log);
      logger.setLevel(null);
    }
    assertThat(log.list.stream().map(ILoggingEvent::getFormattedMessage))
        .as("each once, however often it was read")
        .hasSize(4)
        .filteredOn(line -> line.startsWith("table prices has changed"))
        .hasSize(2);
  }

  @Test
  void aJobDoesNotStartWithoutItsTables() {
    StoreConfig nowhere = new StoreConfig("http://127.0.0.1:1", "default", "", "x");
    assertThatThrownBy(() -> PriceTable.read(nowhere)).isInstanceOf(StoreException.class);
  }
}
