package io.tokenwatt.alerts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.RunDatabase;
import io.tokenwatt.alerts.fake.FakeAlertmanager;
import io.tokenwatt.alerts.fake.FakePagerDuty;
import io.tokenwatt.alerts.fake.FakeSlack;
import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One incident stays one, whatever becomes of what is measured, receivers and rivals. */
class AdversityTest {
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
  void aFindingThatFlapsIsToldOnceAndItsEndOnce() throws IOException {
    start("every: 1s\nkeep_firing_for: 3s");
    for (int i = 0; i < 3; i++) {
      RunDatabase.probe(database, "eu", "1");
      int times = i;
      await().atMost(DEADLINE).until(() -> pagerDuty.alerts().size() == 1);
      await().atMost(DEADLINE).until(() -> phases("firing") == 1);
      RunDatabase.probe(database, "eu", times % 2 == 0 ? "-1" : "NULL");
      if (times % 2 == 0) {
        await().atMost(DEADLINE).until(() -> phases("keep_firing") == 1);
      }
    }
    RunDatabase.probe(database, "eu", "-1");
    await().atMost(DEADLINE).until(() -> pagerDuty.resolves() == 1);
    await().atMost(DEADLINE).until(() -> slack.messages().size() == 2);
    assertThat(pagerDuty.alerts()).hasSize(1);
    assertThat(pagerDuty.alerts().get(0).triggers).isEqualTo(1);
  }

  @Test
  void whatBeginsAndEndsWhileAReceiverIsAwayIsToldInItsOrderAfterwards() throws IOException {
    for (int i = 0; i < 2; i++) {
      alertmanager.answerNext(503, "");
    }
    start("every: 1s");
    RunDatabase.probe(database, "eu", "1");
    await().atMost(DEADLINE).until(() -> pagerDuty.alerts().size() == 1);
    RunDatabase.probe(database, "eu", "-1");
    await().atMost(DEADLINE).until(() -> pagerDuty.alerts().get(0).resolved);
    await().atMost(DEADLINE).until(() -> outbox() == 0);
    assertThat(alertmanager.alerts()).hasSize(1);
    assertThat(alertmanager.activeAlerts()).isZero();
  }

  @Test
  void aLeaseThatIsLostWhileAPageIsUnderWayOpensNoSecondIncident() throws IOException {
    pagerDuty.onNext(true, this::rivalTakesTheLease);
    start("every: 1s");
    RunDatabase.probe(database, "eu", "1");
    await().atMost(DEADLINE).until(() -> outbox() == 0 && phases("firing") == 1);
    assertThat(pagerDuty.alerts()).hasSize(1);
    assertThat(pagerDuty.alerts().get(0).triggers).as("the answer was lost").isEqualTo(2);
    RunDatabase.probe(database, "eu", "-1");
    await().atMost(DEADLINE).until(() -> pagerDuty.resolves() == 1);
    assertThat(pagerDuty.alerts()).hasSize(1);
    assertThat(RunDatabase.count(database, "SELECT count() FROM %s.alert_incidents FINAL"))
        .as("nobody wrote without the lease")
        .isEqualTo(1);
  }

  /** Somebody whose clock, or whose administrator, thinks that it was free. */
  private void rivalTakesTheLease() {
    RunDatabase.command(
        database,
        "INSERT INTO %s.alert_lease (name, generation, holder, asked, until, beat) SELECT 'alerts',"
            + " max(generation) + 1, 'rival', now64(3), now64(3) + toIntervalSecond(3), 1 FROM"
            + " %s.alert_lease");
  }

  private void start(String timing) throws IOException {
    Files.writeString(rules.resolve("probe.yaml"), RunDatabase.rule("probe-high", "page", timing));
    List<ReceiverConfig> receivers =
        List.of(pagerDuty.config(), slack.config(), alertmanager.config());
    run =
        AlertsRun.start(
            new RunConfig(
                database,
                RuleFiles.in(rules),
                "test",
                Optional.of(new InetSocketAddress("127.0.0.1", 0)),
                Duration.ofSeconds(9),
                receivers,
                RunConfig.defaultRoutes(receivers),
                Optional.empty(),
                RunConfig.REPEAT,
                database.url(),
                ""));
  }

  private long phases(String phase) {
    return RunDatabase.count(
        database, "SELECT count() FROM %s.alert_incidents FINAL WHERE phase = '" + phase + "'");
  }

  private long outbox() {
    return RunDatabase.count(database, "SELECT count() FROM %s.alert_outbox");
  }
}
