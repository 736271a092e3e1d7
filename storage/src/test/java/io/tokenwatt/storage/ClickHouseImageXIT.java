package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.platform.launcher.listeners.TestExecutionSummary;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * The same contract as on the embedded engine, on the image that deploy/ uses. Run it with {@code
 * mvn -B -pl storage -am test -DexcludedTags=long -Dtest=ClickHouseImageXIT}. Never run by us:
 * there is no Docker here.
 */
@Tag("docker")
@ExtendWith(DockerThere.class)
class ClickHouseImageXIT {
  static final String IMAGE = "clickhouse/clickhouse-server:26.7";

  @Test
  void contractHoldsOnTheImage() {
    try (GenericContainer<?> server = new GenericContainer<>(IMAGE)) {
      server
          .withExposedPorts(8123)
          .withEnv("CLICKHOUSE_SKIP_USER_SETUP", "1")
          .waitingFor(Wait.forHttp("/ping").forPort(8123))
          .withStartupTimeout(Duration.ofMinutes(5))
          .start();
      String url = "http://" + server.getHost() + ":" + server.getMappedPort(8123);
      TestExecutionSummary summary = StoreContract.on(url, StoreContract.TESTS);
      assertThat(StoreContract.failures(summary)).isEmpty();
      assertThat(summary.getTestsSucceededCount()).isGreaterThan(StoreContract.TESTS.size());
    }
  }
}
