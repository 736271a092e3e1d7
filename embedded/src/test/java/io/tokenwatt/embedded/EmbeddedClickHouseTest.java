package io.tokenwatt.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClickHouseTest {
  private static EmbeddedClickHouse clickHouse;
  private static Http admin;
  private static Http grafana;

  @BeforeAll
  static void start() throws Exception {
    clickHouse = EmbeddedClickHouse.start(ClickHouseOptions.throwaway());
    admin = new Http(clickHouse.httpUrl(), "default");
    grafana = new Http(clickHouse.httpUrl(), "grafana");
    admin.ask("CREATE DATABASE tokenwatt");
    admin.ask("CREATE TABLE tokenwatt.t (n UInt32) ENGINE = MergeTree ORDER BY n");
    admin.ask("INSERT INTO tokenwatt.t SELECT number FROM numbers(1000)");
    admin.ask("CREATE DATABASE secret");
    admin.ask("CREATE TABLE secret.t (n UInt32) ENGINE = MergeTree ORDER BY n");
  }

  @AfterAll
  static void stop() {
    clickHouse.close();
  }

  @Test
  void insertedRowsAreSelected() throws Exception {
    assertThat(admin.ask("SELECT sum(n) FROM tokenwatt.t")).isEqualTo("499500");
  }

  @Test
  void itIsTheVersionThatIsPinned() throws Exception {
    assertThat(admin.ask("SELECT version()")).startsWith("26.7.");
  }

  @Test
  void aFaultyStatementIsAnsweredAndTheEngineGoesOn() throws Exception {
    assertThat(admin.post("SELECT nonsense FROM nowhere").status()).isNotEqualTo(200);
    assertThat(admin.ask("SELECT 1")).isEqualTo("1");
  }

  @Test
  void grafanaReadsTheDatabase() throws Exception {
    assertThat(grafana.ask("SELECT count() FROM tokenwatt.t")).isEqualTo("1000");
  }

  @Test
  void grafanaMaySetItsTimeLimitAndNothingElse() throws Exception {
    assertThat(grafana.post("?max_execution_time=5", "SELECT 1").body()).isEqualTo("1");
    assertThat(grafana.post("?max_execution_time=100000", "SELECT 1").status()).isNotEqualTo(200);
    assertThat(grafana.post("?max_memory_usage=0", "SELECT 1").status()).isNotEqualTo(200);
  }

  @Test
  void grafanaCannotWrite() throws Exception {
    assertThat(grafana.post("INSERT INTO tokenwatt.t VALUES (1)").body()).contains("ACCESS_DENIED");
    assertThat(grafana.post("DROP TABLE tokenwatt.t").status()).isNotEqualTo(200);
  }

  @Test
  void grafanaCannotLeaveTheDatabase() throws Exception {
    assertThat(grafana.post("SELECT * FROM secret.t").body()).contains("ACCESS_DENIED");
    assertThat(grafana.post("SELECT * FROM file('/etc/hosts', LineAsString)").status())
        .isNotEqualTo(200);
    assertThat(grafana.post("SELECT * FROM url('http://127.0.0.1:1/', LineAsString)").status())
        .isNotEqualTo(200);
  }

  @Test
  void dataOutliveKillAndRestart(@TempDir Path directory) throws Exception {
    try (EmbeddedClickHouse kept = EmbeddedClickHouse.start(ClickHouseOptions.keptIn(directory))) {
      Http http = new Http(kept.httpUrl(), "default");
      http.ask("CREATE DATABASE tokenwatt");
      http.ask("CREATE TABLE tokenwatt.t (n UInt32) ENGINE = MergeTree ORDER BY n");
      http.ask("INSERT INTO tokenwatt.t SELECT number FROM numbers(180000)");
      long killed = kept.pid();
      kept.kill();
      assertThat(Processes.isAlive(killed)).isFalse();
      kept.restart();
      assertThat(http.ask("SELECT count() FROM tokenwatt.t")).isEqualTo("180000");
    }
    try (EmbeddedClickHouse again = EmbeddedClickHouse.start(ClickHouseOptions.keptIn(directory))) {
      Http http = new Http(again.httpUrl(), "default");
      assertThat(http.ask("SELECT count() FROM tokenwatt.t")).isEqualTo("180000");
    }
  }

  @Test
  void throwawayDataAndProcessAreGoneAfterClose() {
    EmbeddedClickHouse brief = EmbeddedClickHouse.start(ClickHouseOptions.throwaway());
    assertThat(brief.dataDirectory()).isDirectory();
    brief.close();
    assertThat(Processes.isAlive(brief.pid())).isFalse();
    assertThat(brief.dataDirectory()).doesNotExist();
    brief.close();
  }

  @Test
  void aTakenPortIsNamedInTheError(@TempDir Path directory) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ClickHouseOptions options =
          ClickHouseOptions.keptIn(directory).withPorts(taken.getLocalPort(), 0);
      assertThatThrownBy(() -> EmbeddedClickHouse.start(options))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("clickhouse ended before it was ready")
          .hasMessageContaining(Integer.toString(taken.getLocalPort()))
          .hasMessageContaining("Address already in use");
    }
    assertThat(Files.exists(directory)).isTrue();
  }
}
