package io.tokenwatt.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.StoreConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What any rule can rely on, and what none can do. */
class EvaluatorTest {
  private static final String ONE = "SELECT 1 AS value";
  private static final Instant NOW = Instant.now();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "INSERT INTO intake_10s (node) VALUES ('x')",
        "DROP TABLE intake_10s",
        "ALTER TABLE intake_10s DELETE WHERE 1",
        "SET readonly = 0",
        "SELECT 1 AS value SETTINGS readonly = 0",
        "SELECT 1 AS value FROM url('http://127.0.0.1:1/', 'CSV', 'x Int8')",
        "SELECT 1 AS value FROM file('/etc/passwd', 'LineAsString')"
      })
  void noRuleWritesLiftsItsLimitsOrReadsElsewhere(String sql) {
    // Rules made here pass by the checks of rule files; the server itself has to refuse.
    Evaluation evaluation = evaluate(rule("bad", sql));
    assertThat(evaluation.failures()).hasSize(1);
    assertThat(evaluation.failures().get(0).reason())
        .containsAnyOf("readonly", "READONLY", "read-only", "ACCESS_DENIED");
    assertThat(evaluation.findings()).isEmpty();
  }

  @Test
  void aUserWhoIsReadOnlyAnywayCanCheckTheShippedRules() {
    StoreConfig own = AlertsDatabase.empty();
    StoreConfig grafana = new StoreConfig(own.url(), "grafana", "", own.database());
    try (Evaluator evaluator = new Evaluator(grafana)) {
      Evaluation evaluation = evaluator.evaluate(RuleFiles.shipped(), NOW);
      assertThat(evaluation.failures()).isEmpty();
      assertThat(evaluation.findings())
          .extracting(f -> f.rule().name())
          .containsExactly("watchdog", "pipeline-silent");
    }
  }

  @Test
  void aRuleThatFailsIsNamedAndTheOthersStillRun() {
    Evaluation evaluation =
        evaluate(
            rule("first", ONE),
            rule("broken", "SELECT nothing AS value FROM intake_10s"),
            rule("last", ONE));
    assertThat(evaluation.failures()).extracting(f -> f.rule().name()).containsExactly("broken");
    assertThat(evaluation.failures().get(0).reason()).contains("nothing");
    assertThat(evaluation.findings())
        .extracting(f -> f.rule().name())
        .containsExactly("first", "last");
  }

  @Test
  void aColumnThatTheSqlDoesNotReturnIsNamed() {
    Rule unlabelled = rule("unlabelled", ONE, "region");
    Evaluation evaluation = evaluate(unlabelled, rule("valueless", "SELECT 1 AS x"));
    assertThat(evaluation.failures())
        .extracting(Failure::reason)
        .satisfiesExactly(
            reason -> assertThat(reason).contains("no column region"),
            reason -> assertThat(reason).contains("no column value"));
  }

  @Test
  void nullAndNotANumberAreNotKnownAndSoNoFinding() {
    assertThat(
            evaluate(
                    rule("null", "SELECT CAST(NULL, 'Nullable(Float64)') AS value"),
                    rule("nan", "SELECT 0 / 0 AS value"))
                .findings())
        .isEmpty();
  }

  @Test
  void theRangeIsThatOfSettledWindowsAndAsLongAsTheConditionHasToHold() {
    String range =
        """
        SELECT toString({from:DateTime('UTC')}) AS a, toString({to:DateTime('UTC')}) AS b, 1 AS value""";
    try (Evaluator evaluator = new Evaluator(AlertsDatabase.config())) {
      Evaluation evaluation =
          evaluator.evaluate(
              List.of(rule("range", range, "a", "b")), Instant.parse("2026-01-01T12:00:39.999Z"));
      assertThat(evaluation.findings().get(0).labels().values())
          .containsExactly("2026-01-01 11:50:00", "2026-01-01 12:00:00");
    }
  }

  private static Evaluation evaluate(Rule... rules) {
    StoreConfig store = AlertsDatabase.config();
    try (Evaluator evaluator = new Evaluator(store)) {
      return evaluator.evaluate(Stream.of(rules).toList(), NOW);
    }
  }

  private static Rule rule(String name, String sql, String... labels) {
    return new Rule(
        name,
        "A test.",
        Severity.TICKET,
        sql,
        Map.of(),
        new Threshold(Threshold.Side.ABOVE, 0),
        "",
        Timing.over(Duration.ofMinutes(10)),
        List.of(labels),
        List.of(),
        new Runbook("SELECT 1", "none", "nobody"));
  }
}
