package io.tokenwatt.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.Store;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ShippedRulesTest {

  /** Whoever adds a page argues for it here: all else is a ticket. */
  @Test
  void nothingElseWakesAnybody() {
    assertThat(RuleFiles.shipped())
        .filteredOn(rule -> rule.severity() == Severity.PAGE)
        .extracting(Rule::name)
        .containsExactlyInAnyOrder(
            "slo-burn",
            "power-near-limit",
            "pipeline-silent",
            "telemetry-stale",
            "efficiency-regression-page");
  }

  @Test
  void theTwoRegressionRulesAgreeOnTheDollarsOfAPage() {
    assertThat(rule("efficiency-regression-page").threshold().bound())
        .isEqualTo(rule("efficiency-regression").parameters().get("page_usd_per_day"));
  }

  /** Else what swings about its threshold would wake somebody with each swing. */
  @Test
  void whatWakesSomebodyHasToBeGoodForAWhileBeforeItIsOver() {
    assertThat(RuleFiles.shipped())
        .filteredOn(rule -> rule.severity() == Severity.PAGE)
        .allSatisfy(
            rule ->
                assertThat(rule.timing().keepFiring())
                    .as(rule.name())
                    .isGreaterThanOrEqualTo(Duration.ofMinutes(5)));
  }

  @Test
  void whatPagesForAClusterIsNoTicketToo() {
    assertThat(rule("telemetry-stale").threshold().bound())
        .isEqualTo(rule("agent-down").parameters().get("page_share"));
  }

  @Test
  void everyRunbooksFirstQueryRuns() {
    try (Store store = new Store(AlertsDatabase.config())) {
      RuleFiles.shipped().forEach(rule -> store.rows(rule.runbook().firstQuery()));
    }
  }

  private static Rule rule(String name) {
    return RuleFiles.shipped().stream()
        .filter(r -> r.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
