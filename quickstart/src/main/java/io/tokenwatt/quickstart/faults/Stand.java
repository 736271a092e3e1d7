package io.tokenwatt.quickstart.faults;

import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.jobs.JobClassPath;
import io.tokenwatt.jobs.JobJar;
import io.tokenwatt.model.Topics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** The processes that faults befall: a broker, a store, and a Flink cluster that has our jar. */
final class Stand implements AutoCloseable {
  final Path folder;
  final EmbeddedKafka kafka;
  final EmbeddedClickHouse store;
  final StoreProxy path;
  final FlinkCluster flink;
  final FlinkRest rest;
  private String jar;

  private Stand(
      Path folder,
      EmbeddedKafka kafka,
      EmbeddedClickHouse store,
      StoreProxy path,
      FlinkCluster flink) {
    this.folder = folder;
    this.kafka = kafka;
    this.store = store;
    this.path = path;
    this.flink = flink;
    this.rest = new FlinkRest(flink.restUrl());
  }

  static Stand start(Path folder) throws IOException, InterruptedException {
    EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.keptIn(folder.resolve("kafka")));
    EmbeddedClickHouse store = null;
    StoreProxy path = null;
    FlinkCluster flink = null;
    try {
      store = EmbeddedClickHouse.start(ClickHouseOptions.keptIn(folder.resolve("clickhouse")));
      path = new StoreProxy(store.httpPort());
      flink = FlinkCluster.start(folder.resolve("flink"));
      kafka.createTopic(Topics.REJECTS, 1, Map.of());
      kafka.createTopic(Topics.EFFICIENCY, 1, Map.of());
      kafka.createTopic(Topics.REGRESSIONS, 1, Map.of());
      kafka.createTopic(Topics.EVENTS, 1, Map.of("message.timestamp.type", "LogAppendTime"));
      Stand stand = new Stand(folder, kafka, store, path, flink);
      JobJar.write(JobClassPath.ofThisProcess(), folder.resolve("tokenwatt-jobs.jar"));
      stand.awaitCluster();
      return stand;
    } catch (IOException | RuntimeException | InterruptedException e) {
      if (flink != null) {
        flink.close();
      }
      if (path != null) {
        path.close();
      }
      if (store != null) {
        store.close();
      }
      kafka.close();
      throw e;
    }
  }

  /** The store as it is reached through {@link StoreProxy}. */
  String storeUrl() {
    return "http://127.0.0.1:" + path.port();
  }

  /** The id of the uploaded jar; a new JobManager knows of none. */
  String jar() throws IOException, InterruptedException {
    if (jar == null) {
      jar = rest.upload(folder.resolve("tokenwatt-jobs.jar"));
    }
    return jar;
  }

  /** A new JobManager, and the TaskManagers that find it. */
  void replaceJobManager() throws IOException, InterruptedException {
    flink.replaceJobManager();
    jar = null;
    awaitCluster();
  }

  /** Until all slots are there and free. */
  void awaitCluster() throws IOException, InterruptedException {
    Patience.await(
        "the cluster's slots",
        () -> {
          flink.requireAlive();
          try {
            return rest.freeSlots() == FlinkCluster.slots();
          } catch (IOException notYet) {
            return false;
          }
        });
  }

  @Override
  public void close() {
    flink.close();
    path.close();
    store.close();
    kafka.close();
  }
}
