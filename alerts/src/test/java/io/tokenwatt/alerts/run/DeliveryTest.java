package io.tokenwatt.alerts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.RunDatabase;
import io.tokenwatt.alerts.fake.FakeAlertmanager;
import io.tokenwatt.alerts.fake.FakePagerDuty;
import io.tokenwatt.alerts.fake.FakeSlack;
import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a row in ClickHouse to what people see at three receivers. */
class DeliveryTest {
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  private final FakePagerDuty pagerDuty = new FakePagerDuty();
  private final FakeSlack slack = new FakeSlack();
  private final FakeAlertmanager alertmanager = new FakeAlertmanager();
  private StoreConfig database;
  private AlertsRun run;

  @TempDir Path rules;

  @BeforeEach
  void database() {
    database = RunDatabase.fresh();
  }

  @AfterEach
  void close() {
    if (run != null) {
      run.close();
    }
    pagerDuty.close();
    slack.close();
    alertmanager.close();
  }

  @Test
  void whatBecomesBadIsToldOnceAndItsEndToo() throws IOException {
    start(RunDatabase.rule("probe-high", "page", "every: 1s"));
    RunDatabase.probe(database, "eu", "-1");
    RunDatabase.probe(database, "us", "3.5");
    await().atMost(DEADLINE).until(() -> slack.messages().size() == 1);
    await().atMost(DEADLINE).until(() -> pagerDuty.alerts().size() == 1);
    await().atMost(DEADLINE).until(() -> alertmanager.activeAlerts() == 1);
    FakePagerDuty.Alert alert = pagerDuty.alerts().get(0);
    assertThat(alert.key).startsWith("tokenwatt/probe-high/");
    assertThat(alert.first.path("payload").path("summary").asText())
        .isEqualTo("[PAGE] probe-high: 3.5 mJ (alerts at > 0 mJ) region=us");
    assertThat(alert.first.path("payload").path("severity").asText()).isEqualTo("critical");
    assertThat(alert.first.path("payload").path("custom_details").path("safe action").asText())
        .isEqualTo("Sit down.");

    RunDatabase.probe(database, "us", "-1");
    await().atMost(DEADLINE).until(() -> pagerDuty.alerts().get(0).resolved);
    await().atMost(DEADLINE).until(() -> slack.messages().size() == 2);
    await().atMost(DEADLINE).until(() -> alertmanager.activeAlerts() == 0);
    assertThat(pagerDuty.alerts()).hasSize(1);
    assertThat(alertmanager.alerts()).hasSize(1);
    assertThat(slack.ids()).hasSize(2).allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
    assertThat(outbox()).isZero();
  }

  private void start(String... texts) throws IOException {
    for (int i = 0; i < texts.length; i++) {
      Files.writeString(rules.resolve(i + ".yaml"), texts[i]);
    }
    List<Rule> read = RuleFiles.in(rules);
    run =
        AlertsRun.start(
            RunConfig.of(
                    database,
                    "test",
                    List.of(pagerDuty.config(), slack.config(), alertmanager.config()))
                .withRules(read));
  }

  private long outbox() {
    return RunDatabase.count(database, "SELECT count() FROM %s.alert_outbox");
  }
}
