package io.tokenwatt.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a terminal's Ctrl-C and a service manager's SIGTERM do to an engine. */
class SignalTest {

  @Test
  void clickHouseOutlivesCtrlCAndEndsCleanlyAtSigterm(@TempDir Path directory) throws Exception {
    try (EmbeddedClickHouse engine =
        EmbeddedClickHouse.start(ClickHouseOptions.keptIn(directory))) {
      Http http = new Http(engine.httpUrl(), "default");
      http.ask("CREATE TABLE t (n UInt32) ENGINE = MergeTree ORDER BY n");
      signal("INT", engine.pid());
      http.ask("INSERT INTO t SELECT number FROM numbers(1000)");
      signal("TERM", engine.pid());
      Processes.awaitGone(engine.pid());
      engine.restart();
      assertThat(http.ask("SELECT count() FROM t")).isEqualTo("1000");
      assertThat(directory.resolve("clickhouse.log")).content().doesNotContain("Segmentation");
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("hs_err") || name.startsWith("core"));
    }
  }

  @Test
  void kafkaOutlivesCtrlCAndEndsAtSigterm() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start(KafkaOptions.throwaway())) {
      signal("INT", kafka.pid());
      kafka.createTopic("after-ctrl-c", 1, Map.of());
      signal("TERM", kafka.pid());
      Processes.awaitGone(kafka.pid());
    }
  }

  private static void signal(String name, long pid) throws Exception {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(pid)).inheritIO().start().waitFor();
    assertThat(status).isZero();
  }
}
