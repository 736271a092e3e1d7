package io.tokenwatt.alerts.ruletest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.alerts.AlertsDatabase;
import io.tokenwatt.alerts.AlertsMain;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class TestCommandTest {
  private static final String RULE =
      """
      name: loud
      summary: A test.
      severity: ticket
      for: 2m
      sql: SELECT hardware AS board, memory_mib AS value FROM hardware FINAL
      threshold: {above: 10}
      labels: [board]
      runbook: {first_query: SELECT 1, safe_action: none, escalation: nobody}
      """;

  private static final String TEST =
      """
      rule: loud
      tests:
        - name: memory grows
          given:
            - table: hardware
              row: {hardware: H100}
              step: 1m
              series: {memory_mib: 5+5x5}
          until: 5m
          alerts:
            - {labels: {board: H100}, fires: %s, value: %s}
      """;

  private final StringWriter out = new StringWriter();

  @TempDir Path rules;
  @TempDir Path tests;

  @Test
  void saysWhatIsAsExpectedAndLeavesNothingBehind() throws IOException {
    assertThat(run("4m", "25")).isZero();
    assertThat(out.toString())
        .contains("ok      loud: memory grows")
        .contains("1 tests, 0 failed.");
    try (Store store = new Store(AlertsDatabase.config())) {
      assertThat(store.rows("SELECT name FROM system.databases WHERE name LIKE 'tokenwatt_test_%'"))
          .noneMatch(row -> out.toString().contains(row.getString("name")));
    }
  }

  @Test
  void saysWhatIsNotAsExpected() throws IOException {
    assertThat(run("3m", "25")).isEqualTo(1);
    assertThat(out.toString())
        .contains("FAILED  loud: memory grows")
        .contains("expected {board=H100} from 3m to the end")
        .contains("got {board=H100} from 4m to the end, value 25.0");
  }

  @Test
  void aWrongFileIsToldWithItsLine() throws IOException {
    assertThat(run("soon", "25")).isEqualTo(1);
    assertThat(out.toString())
        .contains("loud.yaml:11: tests[0].alerts[0].fires: expected a duration");
  }

  private int run(String fires, String value) throws IOException {
    Files.writeString(rules.resolve("loud.yaml"), RULE);
    Files.writeString(tests.resolve("loud.yaml"), TEST.formatted(fires, value));
    StoreConfig store = AlertsDatabase.config();
    CommandLine command = AlertsMain.commandLine();
    command.setOut(new PrintWriter(out)).setErr(new PrintWriter(out));
    return command.execute(
        "test", "--url", store.url(), "--rules", rules.toString(), tests.toString());
  }
}
