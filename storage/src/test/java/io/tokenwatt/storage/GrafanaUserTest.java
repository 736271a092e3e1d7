package io.tokenwatt.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenwatt.storage.schema.Schema;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The embedded engine's read-only user, which may read database tokenwatt only. */
class GrafanaUserTest {
  @Test
  void grafanaReadsTheViewsAndChangesNothing() {
    assumeTrue(System.getProperty("tokenwatt.test.clickhouse", "").isEmpty(), "embedded only");
    Schema.apply(StoreConfig.of(Engine.url()));
    try (Store grafana = new Store(new StoreConfig(Engine.url(), "grafana", "", "tokenwatt"))) {
      for (String view : List.of("efficiency", "efficiency_cells")) {
        assertThat(grafana.rows("SELECT * FROM tokenwatt." + view + "(window_s = 60)")).isEmpty();
      }
      for (String change :
          List.of(
              "TRUNCATE TABLE tokenwatt.efficiency_10s",
              "INSERT INTO tokenwatt.prices (provider) VALUES ('x')")) {
        assertThatThrownBy(() -> grafana.command(change))
            .isInstanceOfSatisfying(StoreException.class, e -> assertThat(e.retryable()).isFalse());
      }
    }
  }
}
