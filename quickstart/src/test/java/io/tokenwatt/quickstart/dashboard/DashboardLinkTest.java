package io.tokenwatt.quickstart.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.quickstart.TestStore;
import io.tokenwatt.storage.Store;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DashboardLinkTest {
  @Test
  void theLinkOpensThePageOfTheSameServer() {
    URI link = DashboardLink.of("http://127.0.0.1:8123/", "default", "tokenwatt");
    assertThat(link.toString()).startsWith("http://127.0.0.1:8123/dashboard#N4Ig");
    assertThat(link.getFragment()).matches("[A-Za-z0-9+$-]+");
  }

  @Test
  void theStateIsTheJsonThatThePageReads() {
    assertThat(
            DashboardLink.state(
                "http://h:1", "me", List.of(new DashboardChart("A \"b\"", "SELECT 1\nFROM x"))))
        .isEqualTo(
            "{\"host\":\"http://h:1\",\"user\":\"me\",\"queries\":[{\"title\":\"A \\\"b\\\"\",\"query\":\"SELECT 1\\nFROM x\"}],\"params\":{\"rounding\":\"10\",\"seconds\":\"900\"}}");
  }

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
