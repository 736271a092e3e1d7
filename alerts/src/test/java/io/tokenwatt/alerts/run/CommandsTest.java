package io.tokenwatt.alerts.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.alerts.AlertsMain;
import io.tokenwatt.alerts.Incidents;
import io.tokenwatt.alerts.RunDatabase;
import io.tokenwatt.alerts.outbox.StoredJournal;
import io.tokenwatt.alerts.receiver.LocalReceiver;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class CommandsTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private StoreConfig database;

  @TempDir Path rules;

  @BeforeEach
  void prepare() {
    database = RunDatabase.fresh();
  }

  @Test
  void statusShowsWhatIsOpenWhatIsDueAndWhoSends() {
    try (Store store = new Store(database)) {
      Instant now = Instant.parse("2026-01-01T12:00:00Z");
      new StoredJournal(store, 1, () -> true)
          .incidents(List.of(Incidents.firing("rule-a", "eu", 2.5, now, "pd", "slack")));
    }
    assertThat(run("status", "--url", database.url())).isZero();
    assertThat(out.toString())
        .contains("1 incidents")
        .containsPattern("firing +page +rule-a +2026-01-01 12:00:00.000 2.5 +region=eu")
        .contains("2 outbox")
        .contains("nobody sends.");
    assertThat(run("status", "--url", database.url(), "--format", "json")).isZero();
    assertThat(out.toString())
        .contains("{\"outbox\":{\"receiver\":\"pd\"")
        .contains("{\"holder\":\"\"}");
  }

  @Test
  void onceShowsWhatWouldBeToldAndWritesNothing() throws Exception {
    Files.writeString(rules.resolve("a.yaml"), RunDatabase.rule("probe-high", "page", "every: 1s"));
    Files.writeString(rules.resolve("b.yaml"), RunDatabase.rule("probe-long", "page", "for: 5m"));
    RunDatabase.probe(database, "eu", "7");
    assertThat(run("run", "--once", "--url", database.url(), "--rules", rules.toString())).isZero();
    assertThat(out.toString())
        .contains("[PAGE] probe-high: 7 mJ (alerts at > 0 mJ) region=eu")
        .contains("safe action      Sit down.")
        .contains("pending: probe-long {region=eu}")
        .contains("1 would be told, 2 rules.");
    assertThat(RunDatabase.count(database, "SELECT count() FROM %s.alert_incidents")).isZero();
    assertThat(RunDatabase.count(database, "SELECT count() FROM %s.alert_lease")).isZero();
  }

  @Test
  void nobodyToTellIsWrongUsage() {
    assertThat(run("run", "--url", database.url())).isEqualTo(2);
    assertThat(err.toString()).contains("nobody to tell");
  }

  @Test
  void theLocalReceiverShowsThePageInTheTerminal() throws Exception {
    Files.writeString(rules.resolve("a.yaml"), RunDatabase.rule("probe-high", "page", "every: 1s"));
    List<String> shown = new CopyOnWriteArrayList<>();
    try (LocalReceiver receiver = LocalReceiver.start(0, shown::add);
        AlertsRun run =
            AlertsRun.start(
                RunConfig.of(database, "quickstart", List.of(receiver.config()))
                    .withRules(io.tokenwatt.alerts.RuleFiles.in(rules)))) {
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(run::working);
      RunDatabase.probe(database, "eu", "7");
      Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> shown.size() == 1);
      System.out.println(shown.get(0));
      assertThat(shown.get(0))
          .contains("trigger")
          .contains("[PAGE] probe-high: 7 mJ (alerts at > 0 mJ) region=eu")
          .contains("tokenwatt/probe-high/");
    }
  }

  private int run(String... arguments) {
    CommandLine command = AlertsMain.commandLine();
    return command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
  }
}
