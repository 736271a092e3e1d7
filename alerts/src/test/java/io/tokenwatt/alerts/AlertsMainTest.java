package io.tokenwatt.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsMainTest {
  private static final String RULE =
      """
      name: %s
      summary: A "quoted" test.
      severity: page
      over: 10m
      sql: %s
      threshold: {above: 2}
      labels: [region]
      runbook: {first_query: SELECT 1, safe_action: sit down, escalation: nobody}
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path rules;

  @Test
  void nothingFoundIsExitStatusZero() throws IOException {
    write("quiet", "SELECT 'eu' AS region, 2 AS value");
    assertThat(check()).isZero();
    assertThat(out.toString()).isEqualToNormalizingNewlines("0 found by 1 rules.\n");
  }

  @Test
  void aFindingIsExitStatusThreeAndComesWithItsRunbook() throws IOException {
    write("loud", "SELECT '' AS region, 3.25 AS value");
    assertThat(check()).isEqualTo(3);
    assertThat(out.toString())
        .containsPattern("page +loud +3.25 +> 2 +region=\\(unknown\\)")
        .contains("Safe to do: sit down")
        .contains("1 found by 1 rules.");
  }

  @Test
  void jsonIsOneObjectPerFinding() throws IOException {
    write("loud", "SELECT 'eu' AS region, 3.25 AS value");
    assertThat(check("--format", "json")).isEqualTo(3);
    assertThat(out.toString())
        .isEqualToNormalizingNewlines(
            "{\"rule\":\"loud\",\"severity\":\"page\",\"labels\":{\"region\":\"eu\"},\"details\":{},\"value\":3.25,"
                + "\"threshold\":{\"above\":2.0},\"dedup_key\":\"tokenwatt/loud/4b99fbf1f7faf763\",\"summary\":\"A \\\"quoted\\\" test.\"}\n");
  }

  @Test
  void aRuleThatFailsIsExitStatusOneWhateverElseWasFound() throws IOException {
    write("broken", "SELECT x AS value");
    write("loud", "SELECT 'eu' AS region, 3 AS value");
    assertThat(check()).isEqualTo(1);
    assertThat(err.toString()).contains("rule broken failed:");
    assertThat(out.toString()).contains("loud").contains("1 found by 1 rules.");
  }

  @Test
  void aStoreThatDoesNotAnswerIsNamedOnce() {
    assertThat(run("check", "--url", "http://127.0.0.1:1")).isEqualTo(1);
    assertThat(err.toString().split("http://127.0.0.1:1/", -1)).hasSize(2);
  }

  @Test
  void wrongUsageIsExitStatusTwo() {
    assertThat(run("check", "--url", "clickhouse")).isEqualTo(2);
    assertThat(err.toString()).contains("http://host:8123");
  }

  @Test
  void listShowsTheShippedRulesWithoutAStore() {
    assertThat(run("check", "--list", "--url", "http://127.0.0.1:1")).isZero();
    assertThat(out.toString()).containsPattern("telemetry-stale +page +> 0.5 +2m +0s");
  }

  private void write(String name, String sql) throws IOException {
    Files.writeString(rules.resolve(name + ".yaml"), RULE.formatted(name, sql));
  }

  private int check(String... more) {
    StoreConfig store = AlertsDatabase.config();
    String[] arguments = new String[5 + more.length];
    arguments[0] = "check";
    arguments[1] = "--url";
    arguments[2] = store.url();
    arguments[3] = "--rules";
    arguments[4] = rules.toString();
    System.arraycopy(more, 0, arguments, 5, more.length);
    return run(arguments);
  }

  private int run(String... arguments) {
    return AlertsMain.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }
}
