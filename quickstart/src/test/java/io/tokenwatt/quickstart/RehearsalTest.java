package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.model.fact.JudgedRow;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.schema.Schema;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rehearsal over a real store; what its fleet would bring is written into the tables. */
class RehearsalTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final long HOUR = System.currentTimeMillis() / 3_600_000 * 3_600_000;

  private static StoreConfig config;

  private final List<String> told = new CopyOnWriteArrayList<>();
  private final CountDownLatch capped = new CountDownLatch(1);
  private Store store;
  private Rehearsal rehearsal;

  @BeforeAll
  static void ownDatabase() {
    StoreConfig shared = TestStore.config();
    config = new StoreConfig(shared.url(), shared.user(), shared.password(), "rehearsal");
    Schema.apply(config);
  }

  @BeforeEach
  void start() {
    store = new Store(config);
    for (String table : List.of("judged_windows", "regressions", "efficiency_10s")) {
      store.command("TRUNCATE TABLE rehearsal." + table);
    }
    store.command(
        "INSERT INTO rehearsal.efficiency_10s (window_start, region, hardware, workload) VALUES"
            + " (now(), 'us-east', 'H100-SXM', 'code-assist')");
    Verdicts verdicts =
        new Verdicts(store, Rehearsal.REGION, Rehearsal.HARDWARE, Rehearsal.PAGE_USD_PER_DAY);
    rehearsal = Rehearsal.after(Duration.ofMillis(1), capped::countDown, verdicts, told::add);
  }

  @AfterEach
  void stop() {
    rehearsal.close();
    store.close();
  }

  @Test
  void nothingIsBrokenBeforeTheDetectorHasSomethingToCompareWith() throws Exception {
    judged("warm_up", 27);
    judgedElsewhere("judged", 9);
    await().atMost(PATIENCE).until(() -> !told.isEmpty());
    assertThat(told.get(0)).contains("waits until the detector has windows to compare");
    assertThat(capped.getCount()).isOne();
    rehearsal.explainSilence();
    assertThat(told).hasSize(1);

    judged("judged", 3);
    assertThat(capped.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await().atMost(PATIENCE).until(() -> told.size() == 2);
    assertThat(told.get(1)).contains("NVIDIA H100 80GB HBM3 in us-east is 300 W from now on");
  }

  @Test
  void thePageIsToldOnceAndSilenceIsNoLongerExplained() throws Exception {
    rehearsal.paged();
    cap();
    rehearsal.paged();
    rehearsal.paged();
    rehearsal.explainSilence();
    assertThat(told.subList(1, told.size()))
        .singleElement()
        .asString()
        .matches("rehearsal: paged \\d+ s after the cap");
  }

  @Test
  void whereNothingIsFoundItSaysWhatBecameOfTheWindowsSinceTheCap() throws Exception {
    cap();
    judged("outside_experience", 21);
    judged("judged", 3 + 5);
    rehearsal.explainSilence();
    assertThat(last())
        .contains("nobody was paged")
        .contains("nothing was found")
        .containsPattern(
            "code-assist +5 judged \\(compared with what the load lets expect\\); 21"
                + " outside_experience \\(the load was never like this; its level is learned\\)");
  }

  @Test
  void whatWasFoundAndPagesNobodyIsToldWithItsDollars() throws Exception {
    cap();
    store.command(
        "INSERT INTO rehearsal.regressions (regression, opened, started, region, hardware, model,"
            + " workload, role, measure, size, usd_per_day, version) VALUES ('0123456789abcdef',"
            + " now(), now(), 'us-east', 'H100-SXM', 'm', 'code-assist', 'both', 'itl_engine_s',"
            + " 0.08, 4.2, 1)");
    rehearsal.explainSilence();
    assertThat(last())
        .contains("found: code-assist itl_engine_s +8 %, 4.20 USD/day")
        .contains("Less than 10 USD/day of one cause pages nobody");
  }

  private void cap() throws Exception {
    judged("judged", 3);
    assertThat(capped.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    await().atMost(PATIENCE).until(() -> told.stream().anyMatch(t -> t.contains("300 W")));
    told.removeIf(text -> text.contains("waits"));
  }

  private String last() {
    return told.get(told.size() - 1);
  }

  private void judged(String outcome, long measures) {
    judged("us-east", outcome, measures);
  }

  private void judgedElsewhere(String outcome, long measures) {
    judged("eu-central", outcome, measures);
  }

  private static void judged(String region, String outcome, long measures) {
    try (FactWriter facts = new FactWriter(config)) {
      facts.writeJudged(
          List.of(new JudgedRow(HOUR, region, "code-assist", outcome, measures, measures)));
    }
  }
}
