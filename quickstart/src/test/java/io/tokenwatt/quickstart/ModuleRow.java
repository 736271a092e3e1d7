package io.tokenwatt.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The module table: one row per module, what it may see, what it must never see, and why. */
enum ModuleRow {
  MODEL(
      "io.tokenwatt.model..",
      List.of(),
      List.of(Library.PROTOBUF),
      List.of("io.tokenwatt.config..", "org.slf4j..", "java.net.http..", "java.sql.."),
      "every module, and every user's own program, speaks these values"),
  CONFIG(
      "io.tokenwatt.config..",
      List.of(),
      List.of(Library.YAML),
      List.of("io.tokenwatt.model..", "com.google.protobuf..", "java.sql.."),
      "it reads any process's file and so knows none of them"),
  COLLECTORS(
      "io.tokenwatt.collectors..",
      List.of(MODEL, CONFIG),
      List.of(
          Library.OKHTTP, Library.KAFKA, Library.JSON, Library.CLI, Library.LOG, Library.PROTOBUF),
      List.of("io.tokenwatt.storage..", "org.apache.flink..", "com.clickhouse..", "java.sql.."),
      "an agent on a GPU node stays small and reaches Kafka only"),
  STORAGE(
      "io.tokenwatt.storage..",
      List.of(MODEL, CONFIG),
      List.of(Library.CLICKHOUSE, Library.CLI, Library.LOG),
      List.of("org.apache.flink..", "okhttp3..", "org.apache.kafka.."),
      "reports and tools use the tables without a stream engine"),
  ALERTS(
      "io.tokenwatt.alerts..",
      List.of(MODEL, CONFIG, STORAGE),
      List.of(Library.STORED_ROWS, Library.OKHTTP, Library.JSON, Library.CLI, Library.LOG),
      List.of("org.apache.flink..", "org.apache.kafka..", "io.tokenwatt.jobs..", "java.sql.."),
      "rules read the tables, so they work whatever filled them"),
  JOBS(
      "io.tokenwatt.jobs..",
      List.of(MODEL, CONFIG, STORAGE),
      List.of(
          Library.FLINK,
          Library.KAFKA,
          Library.STORED_ROWS,
          Library.JSON,
          Library.FAILSAFE,
          Library.CLI,
          Library.LOG,
          Library.PROTOBUF),
      List.of("io.tokenwatt.collectors..", "io.tokenwatt.embedded..", "okhttp3..", "java.sql.."),
      "jobs know Kafka's records, not how they were scraped"),
  EMBEDDED(
      "io.tokenwatt.embedded..",
      List.of(),
      List.of(Library.KAFKA, Library.KAFKA_BROKER, Library.JNA, Library.LOG),
      List.of("io.tokenwatt.model..", "org.apache.flink..", "com.clickhouse..", "java.sql.."),
      "it starts engines and knows nothing of what is put into them"),
  DASHBOARDS(
      "io.tokenwatt.dashboards..",
      List.of(STORAGE),
      List.of(Library.JSON, Library.CLI),
      List.of(
          "io.tokenwatt.storage",
          "io.tokenwatt.storage.load..",
          "io.tokenwatt.storage.report..",
          "io.tokenwatt.jobs..",
          "org.apache.flink.."),
      "charts are text, made of the views' text; the tests, not the module, run them"),
  QUICKSTART(
      "io.tokenwatt.quickstart..",
      List.of(MODEL, CONFIG, COLLECTORS, STORAGE, ALERTS, JOBS, EMBEDDED, DASHBOARDS),
      List.of(
          Library.FLINK,
          Library.KAFKA,
          Library.OKHTTP,
          Library.STORED_ROWS,
          Library.JSON,
          Library.CLI,
          Library.LOG,
          Library.PROTOBUF),
      List.of(),
      "it puts the others together");

  /** Package patterns of what comes from outside. */
  private enum Library {
    PROTOBUF("com.google.protobuf.."),
    YAML("org.snakeyaml.engine.."),
    OKHTTP("okhttp3..", "okio..", "kotlin.."),
    KAFKA("org.apache.kafka.."),
    KAFKA_BROKER("kafka..", "scala.."),
    FLINK("org.apache.flink.."),
    CLICKHOUSE("com.clickhouse..", "java.sql.."),
    /** What storage's queries return. */
    STORED_ROWS("com.clickhouse.client.api.query.."),
    JSON("com.fasterxml.jackson.."),
    FAILSAFE("dev.failsafe.."),
    JNA("com.sun.jna.."),
    CLI("picocli.."),
    LOG("org.slf4j..");

    private final List<String> packages;

    Library(String... packages) {
      this.packages = List.of(packages);
    }
  }

  private static final List<String> JDK =
      List.of("java..", "javax..", "jdk.jfr..", "com.sun.net.httpserver..");

  private final String packages;
  private final List<ModuleRow> modules;
  private final List<Library> libraries;
  private final List<String> never;
  private final String reason;

  ModuleRow(
      String packages,
      List<ModuleRow> modules,
      List<Library> libraries,
      List<String> never,
      String reason) {
    this.packages = packages;
    this.modules = modules;
    this.libraries = libraries;
    this.never = never;
    this.reason = reason;
  }

  String packages() {
    return packages;
  }

  String reason() {
    return reason;
  }

  String[] maySee() {
    List<String> seen = new ArrayList<>(JDK);
    seen.add(packages);
    modules.forEach(m -> seen.add(m.packages));
    libraries.forEach(l -> seen.addAll(l.packages));
    return seen.toArray(String[]::new);
  }

  /** What the row names, and the module that nobody sees. */
  String[] neverSees() {
    return Stream.concat(never.stream(), Stream.of("io.tokenwatt.quickstart.."))
        .toArray(String[]::new);
  }
}
