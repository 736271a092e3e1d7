package io.tokenwatt.quickstart;

import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.model.Topics;
import io.tokenwatt.storage.LoadRows;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.load.LoadedCsv;
import io.tokenwatt.storage.load.LoadedRow;
import io.tokenwatt.storage.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The embedded Kafka and ClickHouse, with topics and tables in place. */
final class Engines implements AutoCloseable {
  /** Local disks are small: a day of the simulated fleet is about 2 GB. */
  private static final long RETENTION_BYTES = 512L << 20;

  private static final List<String> EXAMPLES =
      List.of(
          "example-prices.csv",
          "example-tariffs.csv",
          "example-commitments.csv",
          "example-api-spend.csv",
          "example-sites.csv",
          "example-power-budgets.csv",
          "example-slos.csv",
          "example-policies.csv",
          "example-rtt.csv",
          "example-models.csv",
          "example-hardware.csv");

  private final EmbeddedKafka kafka;
  private final EmbeddedClickHouse clickHouse;

  private Engines(EmbeddedKafka kafka, EmbeddedClickHouse clickHouse) {
    this.kafka = kafka;
    this.clickHouse = clickHouse;
  }

  static Engines start(QuickstartOptions options, Path data, Progress progress) {
    CompletableFuture<EmbeddedKafka> starting =
        CompletableFuture.supplyAsync(() -> startKafka(options, data, progress));
    EmbeddedClickHouse clickHouse = null;
    try {
      clickHouse =
          EmbeddedClickHouse.start(
              ClickHouseOptions.keptIn(data.resolve("clickhouse"))
                  .withPorts(options.port(0), options.port(1)));
      progress.say("ClickHouse answers on %s", clickHouse.httpUrl());
      StoreConfig store = StoreConfig.of(clickHouse.httpUrl());
      Schema.apply(store);
      if (options.simulated()) {
        loadExampleMoney(store);
      }
      progress.say("tables and views are in place");
      return new Engines(starting.join(), clickHouse);
    } catch (RuntimeException e) {
      if (clickHouse != null) {
        clickHouse.close();
      }
      starting.thenAccept(EmbeddedKafka::close).join();
      throw e;
    }
  }

  private static EmbeddedKafka startKafka(QuickstartOptions options, Path data, Progress progress) {
    EmbeddedKafka kafka =
        EmbeddedKafka.start(
            KafkaOptions.keptIn(data.resolve("kafka"))
                .withPort(options.port(2))
                .withRetention(RETENTION_BYTES, 64 << 20));
    // Watermarks come from the broker's clock, never from a node's.
    kafka.createTopic(Topics.NODE_SAMPLES, 2, Map.of("message.timestamp.type", "LogAppendTime"));
    kafka.createTopic(Topics.REQUEST_EVENTS, 2, Map.of("message.timestamp.type", "LogAppendTime"));
    kafka.createTopic(Topics.EVENTS, 1, Map.of("message.timestamp.type", "LogAppendTime"));
    kafka.createTopic(Topics.REJECTS, 1, Map.of());
    kafka.createTopic(Topics.EFFICIENCY, 1, Map.of());
    kafka.createTopic(Topics.REGRESSIONS, 1, Map.of());
    progress.say("Kafka answers on %s", kafka.bootstrapServers());
    return kafka;
  }

  /** Prices, contracts, bills and tariffs, all flagged as examples. */
  private static void loadExampleMoney(StoreConfig config) {
    try (Store store = new Store(config)) {
      List<LoadedRow> rows = new ArrayList<>();
      for (String file : EXAMPLES) {
        rows.addAll(LoadedCsv.read(file, lines(file)).orThrow());
      }
      new LoadRows(store).merge(rows, System.currentTimeMillis());
    }
  }

  private static List<String> lines(String file) {
    try (InputStream in = Engines.class.getResourceAsStream(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String bootstrap() {
    return kafka.bootstrapServers();
  }

  String httpUrl() {
    return clickHouse.httpUrl();
  }

  int nativePort() {
    return clickHouse.tcpPort();
  }

  StoreConfig store() {
    return StoreConfig.of(clickHouse.httpUrl());
  }

  @Override
  public void close() {
    CompletableFuture<Void> stopping = CompletableFuture.runAsync(kafka::close);
    clickHouse.close();
    stopping.join();
  }
}
