package io.tokenwatt.alerts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.RunDatabase;
import io.tokenwatt.alerts.fake.FakePagerDuty;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Labels are written by whoever runs an engine. They reach a page and the ledger, never SQL. */
class HostileLabelsTest {
  private static final Duration DEADLINE = Duration.ofSeconds(180);
  private static final List<String> LABELS =
      List.of(
          "'); DROP TABLE probe; --",
          "\\'; TRUNCATE TABLE alert_incidents; -- `probe` /* ",
          "' OR 1 = 1 -- {name:String} $1 %s ${env:HOME}",
          "tab\there, line\nthere, \\N, \\ \"quoted\" <b>&amp;</b> 😀 \u2028");

  @Test
  void hostileLabelsArriveAsTheyAreAndHarmNothing(@TempDir Path rules) throws IOException {
    StoreConfig store = RunDatabase.fresh();
    Files.writeString(
        rules.resolve("probe.yaml"), RunDatabase.rule("probe-hostile", "page", "every: 1s"));
    for (String label : LABELS) {
      // Base64, so that this test does not rely on the quoting it tests.
      String encoded = Base64.getEncoder().encodeToString(label.getBytes(StandardCharsets.UTF_8));
      RunDatabase.command(
          store, "INSERT INTO %s.probe SELECT base64Decode('" + encoded + "'), 1, 1");
    }
    try (FakePagerDuty pagerDuty = new FakePagerDuty();
        AlertsRun run =
            AlertsRun.start(
                RunConfig.of(store, "hostile", List.of(pagerDuty.config()))
                    .withRules(RuleFiles.in(rules)))) {
      await().atMost(DEADLINE).until(() -> pagerDuty.alerts().size() >= LABELS.size());
      // The ledger of the next rounds is read with these labels in it.
      RunDatabase.command(
          store, "INSERT INTO %s.probe SELECT name, -1, version + 1 FROM %s.probe FINAL");
      await()
          .atMost(DEADLINE)
          .until(() -> pagerDuty.alerts().stream().allMatch(alert -> alert.resolved));
      assertThat(run.working()).isTrue();
      assertThat(
              pagerDuty.alerts().stream()
                  .map(alert -> alert.first.toString())
                  .collect(Collectors.joining()))
          .contains("DROP TABLE probe", "OR 1 = 1");
    }
    assertThat(regions(store)).containsExactlyInAnyOrderElementsOf(LABELS);
    assertThat(RunDatabase.count(store, "SELECT toInt64(count()) FROM %s.probe FINAL"))
        .isEqualTo(LABELS.size());
  }

  private static List<String> regions(StoreConfig config) {
    try (Store store = new Store(config)) {
      return store
          .rows(
              "SELECT DISTINCT base64Encode(labels['region']) AS region FROM "
                  + config.database()
                  + ".alert_incidents FINAL")
          .stream()
          .map(
              row ->
                  new String(Base64.getDecoder().decode(row.getString(1)), StandardCharsets.UTF_8))
          .toList();
    }
  }
}
