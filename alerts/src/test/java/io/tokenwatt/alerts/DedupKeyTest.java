package io.tokenwatt.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.Store;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DedupKeyTest {
  private static final Map<String, String> LABELS = Map.of("b", "ü\n'", "a", "");

  /** Computed with coreutils: printf 'a\0\0b\0ü\n'"'"'\0' | sha256sum. */
  private static final String KEY = "tokenwatt/r/b076b0caef7d2c4f";

  @Test
  void isTheHashOfTheSortedLabels() {
    assertThat(DedupKey.of("r", LABELS)).isEqualTo(KEY);
  }

  @Test
  void aValueCannotPassForAnotherLabel() {
    assertThat(DedupKey.of("r", Map.of("a", "bc")))
        .isNotEqualTo(DedupKey.of("r", Map.of("ab", "c")));
  }

  @Test
  void clickHouseComputesTheSame() {
    String sql =
        "SELECT %s AS x FROM (SELECT 'ü\\n\\'' AS b, '' AS a)"
            .formatted(DedupKey.sql("r", LABELS.keySet()));
    try (Store store = new Store(AlertsDatabase.config())) {
      assertThat(store.rows(sql).get(0).getString("x")).isEqualTo(KEY);
      String none = "SELECT " + DedupKey.sql("r", List.of()) + " AS x";
      assertThat(store.rows(none).get(0).getString("x")).isEqualTo(DedupKey.of("r", Map.of()));
    }
  }
}
