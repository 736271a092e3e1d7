package io.tokenwatt.alerts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenwatt.alerts.Evaluation;
import io.tokenwatt.alerts.Evaluator;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.RunDatabase;
import io.tokenwatt.alerts.fake.FakePagerDuty;
import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.embedded.EngineException;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.StoreException;
import io.tokenwatt.storage.schema.Schema;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code alerts run} with the grants of role tokenwatt_alerts, word for word; the embedded engine
 * has no roles, so they are given to a user of its file.
 */
class AlertsRoleTest {
  private static final Pattern GRANT =
      Pattern.compile("(GRANT [A-Z ]+ ON tokenwatt\\.[*\\w]+) TO tokenwatt_alerts;");
  private static final Duration DEADLINE = Duration.ofSeconds(120);

  @TempDir private static Path folder;
  private static EmbeddedClickHouse engine;
  private static StoreConfig all;
  private static StoreConfig alerts;

  @BeforeAll
  static void open() throws IOException {
    assumeTrue(System.getProperty("tokenwatt.test.clickhouse", "").isEmpty(), "embedded only");
    Path users = Files.createDirectories(folder.resolve("users.d"));
    Files.writeString(users.resolve("alerts.xml"), users());
    try {
      engine = EmbeddedClickHouse.start(ClickHouseOptions.keptIn(folder));
    } catch (EngineException e) {
      Assumptions.abort("no embedded ClickHouse here: " + e.getMessage());
    }
    all = StoreConfig.of(engine.httpUrl());
    alerts = new StoreConfig(engine.httpUrl(), "alerts", "", "tokenwatt");
    Schema.apply(all);
    RunDatabase.createProbe(all);
  }

  @AfterAll
  static void close() {
    if (engine != null) {
      engine.close();
    }
  }

  @Test
  void aPageIsDeliveredAndResolved(@TempDir Path rules) throws IOException {
    Files.writeString(
        rules.resolve("probe.yaml"), RunDatabase.rule("probe-high", "page", "every: 1s"));
    RunDatabase.probe(all, "eu", "1");
    try (FakePagerDuty pagerDuty = new FakePagerDuty();
        AlertsRun run =
            AlertsRun.start(
                RunConfig.of(alerts, "test", List.of(pagerDuty.config()))
                    .withRules(RuleFiles.in(rules)))) {
      await().atMost(DEADLINE).until(() -> pagerDuty.alerts().size() == 1);
      RunDatabase.probe(all, "eu", "-1");
      await().atMost(DEADLINE).until(() -> pagerDuty.alerts().get(0).resolved);
      assertThat(run.working()).isTrue();
    }
  }

  @Test
  void everyShippedRuleMayReadWhatItAsks() {
    try (Evaluator evaluator = new Evaluator(alerts)) {
      Evaluation evaluation = evaluator.evaluate(RuleFiles.shipped(), Instant.now());
      assertThat(evaluation.failures()).isEmpty();
      assertThat(evaluation.findings()).as("an empty store is silent").isNotEmpty();
    }
  }

  @Test
  void nothingButWhatAlertsRememberCanBeWritten() {
    try (Store store = new Store(alerts)) {
      for (String table : List.of("efficiency_10s", "regressions", "prices", "events")) {
        assertThatThrownBy(
                () ->
                    store.command(
                        "INSERT INTO tokenwatt." + table + " SELECT * FROM tokenwatt." + table))
            .isInstanceOf(StoreException.class)
            .hasMessageContaining("INSERT");
      }
    }
  }

  private static String users() throws IOException {
    String grants;
    try (InputStream in = Store.class.getResourceAsStream("/db/access/1_roles.sql")) {
      grants =
          GRANT
              .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
              .results()
              .map((MatchResult grant) -> "<query>" + grant.group(1) + "</query>")
              .collect(Collectors.joining());
    }
    assertThat(grants).contains("alert_incidents", "alert_deliveries", "alert_lease");
    return "<clickhouse><users><alerts><password/><networks><ip>127.0.0.1</ip></networks>"
        + "<profile>default</profile><quota>default</quota><grants>"
        + grants
        + "</grants></alerts></users></clickhouse>";
  }
}
