package io.tokenwatt.alerts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.RunDatabase;
import io.tokenwatt.alerts.fake.FakePagerDuty;
import io.tokenwatt.alerts.fake.FakeSlack;
import io.tokenwatt.alerts.fake.FakeWatchdog;
import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers, rules and a store that are not at their best. */
class TroubleTest {
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  private final FakePagerDuty pagerDuty = new FakePagerDuty();
  private final FakeSlack slack = new FakeSlack();
  private final FakeWatchdog watchdog = new FakeWatchdog();
  private StoreConfig database;
  private AlertsRun run;

  @TempDir Path rules;

  @BeforeEach
  void prepare() throws IOException {
    database = RunDatabase.fresh();
    write("probe", RunDatabase.rule("probe-high", "page", "every: 1s"));
  }

  @AfterEach
  void close() {
    if (run != null) {
      run.close();
    }
    pagerDuty.close();
    slack.close();
    watchdog.close();
  }

  @Test
  void aReceiverThatIsAwayIsToldLaterAndDelaysNoOther() throws Exception {
    for (int i = 0; i < 3; i++) {
      slack.answerNext(503, "1");
    }
    RunDatabase.probe(database, "eu", "1");
    start();
    await().atMost(DEADLINE).until(() -> pagerDuty.alerts().size() == 1);
    assertThat(slack.messages()).isEmpty();
    await().atMost(DEADLINE).until(() -> slack.messages().size() == 1);
    assertThat(slack.requests()).isEqualTo(4);
    await()
        .atMost(DEADLINE)
        .untilAsserted(
            () ->
                assertThat(get("/metrics"))
                    .contains("attempts_total{receiver=\"slack\",result=\"retried\"} 3")
                    .contains("attempts_total{receiver=\"slack\",result=\"sent\"} 1")
                    .contains("tokenwatt_alerts_outbox{receiver=\"slack\"} 0.0")
                    .contains("tokenwatt_alerts_lease_held 1.0"));
  }

  @Test
  void aPageThatIsRefusedIsNotSentAgainAndTheOthersAreToldSo() throws Exception {
    pagerDuty.answerNext(400, "");
    RunDatabase.probe(database, "eu", "1");
    start();
    await().atMost(DEADLINE).until(() -> slack.messages().size() == 2);
    assertThat(slack.messages().toString())
        .contains("alerts-page-refused")
        .contains("receiver:* pagerduty")
        .contains("400 scripted");
    assertThat(pagerDuty.requests()).as("the same bytes would be refused again").isEqualTo(1);
    assertThat(get("/healthz")).contains("\"status\":\"degraded\"").contains("400 scripted");
    assertThat(get("/healthz") + get("/metrics"))
        .doesNotContain(FakePagerDuty.KEY)
        .doesNotContain(FakeSlack.PATH);
    RunDatabase.probe(database, "eu", "-1");
    await().atMost(DEADLINE).until(() -> slack.messages().size() == 3);
    assertThat(pagerDuty.resolves()).as("it never heard of it").isZero();
  }

  @Test
  void aRuleThatFailsKeepsItsIncidentsOpenAndIsTold() throws Exception {
    RunDatabase.probe(database, "eu", "1");
    start();
    await().atMost(DEADLINE).until(() -> pagerDuty.alerts().size() == 1);
    RunDatabase.command(database, "RENAME TABLE %s.probe TO %s.elsewhere");
    try {
      await()
          .atMost(DEADLINE)
          .until(() -> slack.messages().toString().contains("alerts-rule-failing"));
      assertThat(pagerDuty.alerts().get(0).resolved).isFalse();
    } finally {
      RunDatabase.command(database, "RENAME TABLE %s.elsewhere TO %s.probe");
    }
    RunDatabase.probe(database, "eu", "NULL");
    await()
        .during(Duration.ofSeconds(3))
        .atMost(DEADLINE)
        .until(() -> !pagerDuty.alerts().get(0).resolved);
    RunDatabase.probe(database, "eu", "0");
    await().atMost(DEADLINE).until(() -> pagerDuty.alerts().get(0).resolved);
  }

  @Test
  void aSlowRuleDelaysNoOther() throws Exception {
    write(
        "slow",
        """
        name: slow
        summary: Slow.
        severity: ticket
        every: 1s
        sql: SELECT sleep(2.9) AS value
        threshold: {above: 1}
        labels: []
        runbook: {first_query: SELECT 1, safe_action: none, escalation: nobody}
        """);
    start();
    await().atMost(DEADLINE).until(() -> get("/metrics").contains("result=\"skipped\""));
    RunDatabase.probe(database, "eu", "1");
    await().atMost(DEADLINE).until(() -> pagerDuty.alerts().size() == 1);
    // Two of three ticks of a rule that takes 2.9 s fall out; in one queue those of the other would
    // too.
    await().atMost(DEADLINE).until(() -> skipped("slow") >= 10);
    assertThat(skipped("probe-high")).isLessThan(skipped("slow") / 2);
  }

  @Test
  void theHeartBeatsOnlyWhileAlertsWork() throws Exception {
    write(
        "watchdog",
        """
        name: watchdog
        summary: Fires always.
        severity: heartbeat
        every: 1s
        sql: SELECT count() AS value FROM probe FINAL WHERE name = 'alive'
        threshold: {above: 0}
        labels: []
        runbook: {first_query: SELECT 1, safe_action: none, escalation: nobody}
        """);
    RunDatabase.probe(database, "alive", "-1");
    start();
    await().atMost(DEADLINE).until(() -> watchdog.requests() >= 2);
    RunDatabase.command(database, "TRUNCATE TABLE %s.probe");
    await().atMost(DEADLINE).until(() -> get("/metrics").contains("result=\"withheld\""));
    int beats = watchdog.requests();
    await()
        .during(Duration.ofSeconds(3))
        .atMost(DEADLINE)
        .until(() -> watchdog.requests() == beats);
    assertThat(pagerDuty.alerts()).as("a heartbeat is no incident").isEmpty();
  }

  private long skipped(String rule) throws IOException, InterruptedException {
    return get("/metrics")
        .lines()
        .filter(line -> line.contains("rule=\"" + rule + "\",result=\"skipped\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(rules.resolve(name + ".yaml"), text);
  }

  private void start() {
    List<Rule> read = RuleFiles.in(rules);
    List<ReceiverConfig> receivers = List.of(pagerDuty.config(), slack.config());
    run =
        AlertsRun.start(
            new RunConfig(
                database,
                read,
                "test",
                Optional.of(new InetSocketAddress("127.0.0.1", 0)),
                Duration.ofSeconds(15),
                receivers,
                RunConfig.defaultRoutes(receivers),
                Optional.of(new RunConfig.Heart(watchdog.target(), Duration.ofSeconds(1))),
                RunConfig.REPEAT,
                database.url(),
                ""));
  }

  private String get(String path) throws IOException, InterruptedException {
    int port = run.address().orElseThrow().getPort();
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
