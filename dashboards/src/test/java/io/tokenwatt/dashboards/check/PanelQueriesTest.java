package io.tokenwatt.dashboards.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwatt.dashboards.catalogue.Dashboards;
import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.storage.Store;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every query of every dashboard on a real ClickHouse with our tables: a renamed column breaks the
 * build here.
 */
class PanelQueriesTest {
  /**
   * A guard against a query that went wrong, not the budget: that is measured by the benchmarks.
   */
  private static final double MOST_MS = 20_000;

  private static final String FLEET = "tokenwatt-fleet";
  private static final Supplier<Engine> ENGINE = RecordedFleet::engine;

  static List<String> uids() {
    return Dashboards.all().stream().map(Dashboard::uid).toList();
  }

  @ParameterizedTest
  @MethodSource("uids")
  void everyPanelHasDataThatItCanDraw(String uid) {
    for (Finding finding : check(10_800, Map.of()).of(dashboard(uid))) {
      assertThat(finding.problems()).as(finding.question().where()).isEmpty();
      assertThat(finding.isEmpty()).as(finding.question().where() + " is empty").isFalse();
      assertThat(finding.engineMs()).as(finding.question().where()).isLessThan(MOST_MS);
    }
  }

  /**
   * A wide range is read from other tables than a short one; these three ask all kinds of views.
   */
  @ParameterizedTest
  @ValueSource(strings = {"tokenwatt-fleet", "tokenwatt-node", "tokenwatt-slo"})
  void everyPanelCanBeDrawnOverAWeekOfOneRegionAndTwoModels(String uid) {
    Map<String, List<String>> chosen =
        Map.of("region", List.of("us"), "model", List.of("llama", "it's"));
    for (Finding finding :
        check(7 * 86_400, chosen)
            .of(dashboard(uid), question -> question.kind() == Question.Kind.SERIES)) {
      assertThat(finding.problems()).as(finding.question().where()).isEmpty();
    }
  }

  @Test
  void aColumnThatIsRenamedIsFound() {
    Engine renamed = sql -> ENGINE.get().ask(sql.replace("gpu_mj_metered", "gpu_mj_meter"));
    Finding broken = check(renamed, 3_600, Map.of()).of(dashboard(FLEET), panel(20)).get(0);
    assertThat(broken.problems()).hasSize(1);
    assertThat(broken.problems().get(0)).contains("gpu_mj_meter");
  }

  @Test
  void choosingARegionLeavesTheOthersOut() {
    List<List<JsonNode>> rows = rows(FLEET, 30, Map.of("region", List.of("us")));
    assertThat(rows).isNotEmpty().allMatch(row -> row.get(0).asText().equals("us"));
    assertThat(rows(FLEET, 30, Map.of())).hasSizeGreaterThan(rows.size());
  }

  @Test
  void theBooksBalanceAndAMissingJouleShows() {
    assertThat(differences()).hasSize(7).containsOnly(0L);
    try (Store store = RecordedFleet.store()) {
      store.command(
          """
          INSERT INTO tokenwatt.gpu_10s (window_start, node, gpu, energy_mj, version)
          SELECT toStartOfInterval(now() - 600, INTERVAL 10 SECOND), 'node-x', 'GPU-x', 1, 1""");
      try {
        assertThat(differences()).contains(1L);
      } finally {
        store.command(
            "ALTER TABLE tokenwatt.gpu_10s DELETE WHERE node = 'node-x' SETTINGS mutations_sync = 1");
      }
    }
  }

  private static List<Long> differences() {
    return rows("tokenwatt-pipeline", 40, Map.of()).stream()
        .map(row -> row.get(row.size() - 1).asLong())
        .toList();
  }

  private static List<List<JsonNode>> rows(
      String uid, int panel, Map<String, List<String>> chosen) {
    List<List<JsonNode>> rows = new ArrayList<>();
    Engine kept =
        sql -> {
          Answer answer = ENGINE.get().ask(sql);
          rows.addAll(answer.rows());
          return answer;
        };
    check(kept, 10_800, chosen).of(dashboard(uid), panel(panel));
    return rows;
  }

  private static Predicate<Question> panel(int id) {
    return question -> question.panel().filter(panel -> panel.head().id() == id).isPresent();
  }

  private static Dashboard dashboard(String uid) {
    return Dashboards.all().stream().filter(d -> d.uid().equals(uid)).findFirst().orElseThrow();
  }

  private static StoreCheck check(long seconds, Map<String, List<String>> chosen) {
    return check(ENGINE.get(), seconds, chosen);
  }

  private static StoreCheck check(Engine engine, long seconds, Map<String, List<String>> chosen) {
    Instant now = Instant.now();
    return new StoreCheck(engine, now.minusSeconds(seconds), now, chosen);
  }
}
