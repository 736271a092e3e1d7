package io.tokenwatt.alerts.ruletest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.alerts.AlertsDatabase;
import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tests that ship with the rules, on a real ClickHouse. */
class ShippedRuleTestsTest {
  private static final Path FOLDER =
      Path.of(System.getProperty("tokenwatt.root"), "alerts", "rules", "tests");

  private static Scratch scratch;
  private static RuleTestRun run;

  @BeforeAll
  static void createTables() {
    scratch = new Scratch(AlertsDatabase.config());
    run = new RuleTestRun(scratch, RuleFiles.shipped());
  }

  @AfterAll
  static void drop() {
    if (run != null) {
      run.close();
    }
    if (scratch != null) {
      scratch.close();
    }
  }

  static List<RuleTest> tests() {
    return TestFiles.in(FOLDER);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("tests")
  void rowsGiveTheseAlertsAndNoOthers(RuleTest test) {
    assertThat(run.run(test)).isEmpty();
  }

  @Test
  void everyShippedRuleHasATestThatFiresAndOneThatIsSilent() {
    for (Rule rule : RuleFiles.shipped()) {
      List<Boolean> silent =
          tests().stream()
              .filter(test -> test.rule().equals(rule.name()))
              .map(RuleTest::silent)
              .distinct()
              .collect(Collectors.toList());
      boolean heartbeat = rule.severity() == Severity.HEARTBEAT;
      assertThat(silent).as(rule.name()).contains(false).hasSize(heartbeat ? 1 : 2);
    }
  }
}
