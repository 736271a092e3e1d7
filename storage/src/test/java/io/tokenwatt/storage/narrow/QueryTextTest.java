package io.tokenwatt.storage.narrow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

/** What stays of a query; that it then answers the same is tried on an engine, on random data. */
class QueryTextTest {
  private static final String LAYERS =
      """
      WITH
          2 AS two, 3 AS three, -- a comment, with a comma
          sums AS
          (
              SELECT time, place, sum(a) AS a, sum(b) AS b, max(', c') AS c
              FROM (SELECT time, place, a, b, c FROM t UNION ALL SELECT time, place, a, b, c FROM u) AS f
              WHERE place != '' GROUP BY ALL
          ),
          more AS (SELECT *, a * two AS double FROM sums),
          last AS (SELECT *, b * three AS triple FROM more)
      SELECT time, double AS shown, triple, shown + 1 AS next FROM last""";

  @Test
  void ofEachLayerStaysWhatLaterOnesNeed() {
    assertThat(narrow("triple"))
        .isEqualTo(
            "WITH 3 AS three, sums AS ( SELECT time, place, sum(b) AS b FROM"
                + " ( SELECT time, place, b FROM t UNION ALL SELECT time, place, b FROM u ) AS f"
                + " WHERE place != '' GROUP BY ALL ), last AS ( SELECT *, b * three AS triple"
                + " FROM sums ) SELECT triple FROM last");
  }

  @Test
  void anItemThatAnotherIsMadeOfStays() {
    assertThat(narrow("next")).endsWith("SELECT double AS shown, shown + 1 AS next FROM more");
  }

  @Test
  void groupsStayEvenIfNobodyAsksForThem() {
    assertThat(narrow("triple")).contains("SELECT time, place, sum(b) AS b");
  }

  @Test
  void anExpressionWithoutANameIsRefused() {
    assertThatThrownBy(() -> QueryText.parse("SELECT a + 1 FROM t"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a + 1");
  }

  private static String narrow(String wanted) {
    return QueryText.parse(LAYERS).narrow(Set.of(wanted)).print(0).replaceAll("\\s+", " ").strip();
  }
}
