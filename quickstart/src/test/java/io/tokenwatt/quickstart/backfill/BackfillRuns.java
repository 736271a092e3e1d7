package io.tokenwatt.quickstart.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine;

/** The command with a Prometheus to read, a ClickHouse to fill and a folder to work in. */
record BackfillRuns(PrometheusServer prometheus, EmbeddedClickHouse clickHouse, Path folder) {
  Store store(String database) {
    StoreConfig config = new StoreConfig(clickHouse.httpUrl(), "default", "", database);
    Schema.apply(config);
    return new Store(config);
  }

  /** Runs the command; answers what it said. */
  String backfill(Store store, long from, long to) throws Exception {
    Path yaml = folder.resolve(store.config().database() + ".yaml");
    Files.writeString(
        yaml,
        "store: {url: \"%s\", database: %s}\nprometheus: {url: \"%s\"}\n"
            .formatted(clickHouse.httpUrl(), store.config().database(), prometheus.url()));
    return run(from, to, yaml);
  }

  String run(long from, long to, Path yaml) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        BackfillMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code =
        command.execute(
            "--config",
            yaml.toString(),
            "--from",
            Instant.ofEpochMilli(from).toString(),
            "--to",
            Instant.ofEpochMilli(to).toString(),
            "--work-dir",
            folder.resolve("work-" + yaml.getFileName()).toString());
    assertThat(code).as("%s%n%s", out, err).isZero();
    return out.toString();
  }
}
