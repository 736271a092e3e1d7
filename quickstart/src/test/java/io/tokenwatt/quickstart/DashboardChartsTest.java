package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.dashboards.builtin.DashboardChart;
import io.tokenwatt.storage.Store;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The charts on the real engine and tables: a renamed column breaks the build here. */
class DashboardChartsTest {
  @Test
  void everyChartsQueryRunsAndGivesTimeLabelAndValue() {
    try (Store store = new Store(TestStore.config())) {
      for (DashboardChart chart : DashboardChart.all(TestStore.config().database())) {
        List<GenericRecord> rows =
            store.rows(chart.query(), Map.of("rounding", 10, "seconds", 900));
        if (chart.title().contains("EXAMPLE")) {
          // No price is given in this test; a chart without a price shows nothing, not 0.
          assertThat(rows).as(chart.title()).isEmpty();
        } else {
          assertThat(rows).as(chart.title()).hasSize(3);
          assertThat(rows.get(2).getLong(1)).isEqualTo(TestStore.LAST / 1000);
          assertThat(rows.get(2).getString(2)).isNotEmpty();
          assertThat(rows.get(2).getDouble(3)).isPositive();
        }
      }
    }
  }
}
