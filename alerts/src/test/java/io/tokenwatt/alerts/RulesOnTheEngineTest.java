package io.tokenwatt.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped rules on a real ClickHouse. */
class RulesOnTheEngineTest {

  @ParameterizedTest(name = "{0}")
  @MethodSource("io.tokenwatt.alerts.RuleScenario#all")
  void rowsGiveTheseFindings(RuleScenario scenario) {
    StoreConfig store = AlertsDatabase.empty();
    try (Facts facts = new Facts(store)) {
      scenario.rows().accept(facts);
    }
    List<Rule> rules =
        RuleFiles.shipped().stream().filter(r -> r.name().equals(scenario.rule())).toList();
    try (Evaluator evaluator = new Evaluator(store)) {
      Evaluation evaluation = evaluator.evaluate(rules, Facts.NOW);
      assertThat(evaluation.failures()).isEmpty();
      assertThat(evaluation.findings())
          .extracting(f -> NumberText.of(f.value()) + " " + texts(f))
          .containsExactlyInAnyOrderElementsOf(scenario.findings());
    }
  }

  private static List<String> texts(Finding finding) {
    return Stream.of(finding.labels(), finding.details())
        .flatMap(m -> m.values().stream())
        .toList();
  }

  @Test
  void everyShippedRuleHasAScenarioThatFiresAndOneThatIsSilent() {
    for (Rule rule : RuleFiles.shipped()) {
      assertThat(
              RuleScenario.all()
                  .filter(s -> s.rule().equals(rule.name()))
                  .map(s -> s.findings().isEmpty())
                  .collect(Collectors.toSet()))
          .as(rule.name())
          .containsExactlyInAnyOrder(true, false);
    }
  }

  @Test
  void everyRunbooksFirstQueryRuns() {
    try (Store store = new Store(AlertsDatabase.config())) {
      RuleFiles.shipped().forEach(rule -> store.rows(rule.runbook().firstQuery()));
    }
  }
}
