package io.tokenwatt.alerts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.alerts.DedupKey;
import io.tokenwatt.alerts.RunDatabase;
import io.tokenwatt.alerts.fake.FakeAlertmanager;
import io.tokenwatt.alerts.fake.FakePagerDuty;
import io.tokenwatt.alerts.fake.FakeReceiver;
import io.tokenwatt.alerts.fake.FakeSlack;
import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * kill -9 at random moments between a row in ClickHouse and its delivery: people see one incident,
 * told once and ended once.
 */
class KillTest {
  private static final Duration DEADLINE = Duration.ofSeconds(120);
  private static final int ROUNDS = 4;

  private final long seed = Long.getLong("seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final FakePagerDuty pagerDuty = new FakePagerDuty();
  private final FakeSlack slack = new FakeSlack();
  private final FakeAlertmanager alertmanager = new FakeAlertmanager();
  private final int[] moments = new int[3];
  private final List<ChildRun> children = new ArrayList<>();
  private StoreConfig database;

  @TempDir Path folder;

  @BeforeEach
  void prepare() throws IOException {
    System.out.println("KillTest seed " + seed);
    database = RunDatabase.fresh();
    Path rules = Files.createDirectory(folder.resolve("rules"));
    Files.writeString(
        rules.resolve("probe.yaml"), RunDatabase.rule("probe-high", "page", "every: 1s"));
  }

  @AfterEach
  void close() {
    children.forEach(ChildRun::close);
    pagerDuty.close();
    slack.close();
    alertmanager.close();
  }

  @Test
  void noPageIsLostAndNoneIsSeenTwice() throws Exception {
    ChildRun child = working();
    for (int round = 0; round < ROUNDS; round++) {
      String probe = "p" + round;
      trouble();
      child = killed(child, probe, "1");
      settled(probe, "trigger");
      trouble();
      child = killed(child, probe, "-1");
      settled(probe, "resolve");
    }
    assertThat(child.end()).as("exit status after SIGTERM").isEqualTo(143);
    assertThat(pagerDuty.alerts()).hasSize(ROUNDS).allMatch(alert -> alert.resolved);
    assertThat(alertmanager.alerts()).hasSize(ROUNDS);
    assertThat(alertmanager.activeAlerts()).isZero();
    assertThat(slack.ids())
        .hasSize(2 * ROUNDS)
        .allSatisfy((id, times) -> assertThat(times).isLessThanOrEqualTo(2));
    System.out.printf(
        "%d kills (%d at random, %d before and %d after a request was taken): %d alerts at PagerDuty, %d at Alertmanager, %d messages with %d ids at Slack%n",
        2 * ROUNDS,
        moments[0],
        moments[1],
        moments[2],
        pagerDuty.alerts().size(),
        alertmanager.alerts().size(),
        slack.messages().size(),
        slack.ids().size());
    assertThat(child.log())
        .doesNotContain(FakePagerDuty.KEY)
        .doesNotContain(FakeSlack.PATH)
        .contains("sent to pagerduty");
  }

  @Test
  void ofTwoProcessesOneSendsAndTheOtherTakesOver() throws Exception {
    try (ChildRun a = start("a");
        ChildRun b = start("b")) {
      List<String> before = List.of("x", "y", "z");
      before.forEach(probe -> RunDatabase.probe(database, probe, "1"));
      for (String probe : before) {
        await().atMost(DEADLINE).until(() -> told(probe, "trigger"));
      }
      assertThat(slack.messages()).as("each once: nobody was killed").hasSize(3);
      boolean firstHolds = holder().startsWith("a:");
      (firstHolds ? a : b).kill();
      RunDatabase.probe(database, "w", "1");
      before.forEach(probe -> RunDatabase.probe(database, probe, "-1"));
      await().atMost(DEADLINE).until(() -> told("w", "trigger"));
      for (String probe : before) {
        await().atMost(DEADLINE).until(() -> told(probe, "resolve"));
      }
      assertThat(holder()).startsWith(firstHolds ? "b:" : "a:");
      assertThat(pagerDuty.alerts()).hasSize(4);
      assertThat(alertmanager.alerts()).hasSize(4);
      assertThat(slack.ids()).hasSize(7);
    }
  }

  private ChildRun start(String instance) throws IOException {
    ChildRun child = ChildRun.start(folder, instance, database, pagerDuty, slack, alertmanager);
    children.add(child);
    return child;
  }

  /** Receivers that are not at their best make more moments to be killed in. */
  private void trouble() {
    for (int i = random.nextInt(3); i > 0; i--) {
      if (random.nextBoolean()) {
        pagerDuty.answerNext(503, "1");
        slack.answerNext(429, "1");
      } else {
        pagerDuty.loseNextAnswer();
        alertmanager.answerNext(500, "");
      }
    }
  }

  /** Makes the probe say so, and kills the child at some moment between that and its delivery. */
  private ChildRun killed(ChildRun child, String probe, String value) throws Exception {
    CountDownLatch dead = new CountDownLatch(1);
    // The first kill is the one that repeats a message at Slack; all others are as they come.
    boolean first = moments[0] + moments[1] + moments[2] == 0;
    FakeReceiver receiver =
        first ? slack : List.of(pagerDuty, slack, alertmanager).get(random.nextInt(3));
    int moment = first ? 2 : random.nextInt(3);
    if (moment > 0) {
      // The request has arrived: before it is taken, or after, but before the child knows.
      receiver.onNext(moment == 2, () -> kill(child, dead));
    }
    RunDatabase.probe(database, probe, value);
    if (moment == 0) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(1500));
      kill(child, dead);
    }
    assertThat(dead.await(60, TimeUnit.SECONDS)).as("killed at moment " + moment).isTrue();
    moments[moment]++;
    return working();
  }

  private static void kill(ChildRun child, CountDownLatch dead) {
    try {
      child.kill();
      dead.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A child that has taken over from the one before. */
  private ChildRun working() throws IOException {
    long before = generation();
    ChildRun child = start("a");
    await("lease").atMost(DEADLINE).until(() -> generation() > before);
    return child;
  }

  private long generation() {
    return RunDatabase.count(database, "SELECT max(generation) FROM %s.alert_lease");
  }

  private boolean told(String probe, String transition) {
    String key = DedupKey.of("probe-high", Map.of("region", probe));
    boolean paged =
        pagerDuty.alerts().stream()
            .anyMatch(a -> a.key.equals(key) && (transition.equals("trigger") || a.resolved));
    boolean shown =
        slack.ids().keySet().stream()
            .anyMatch(id -> id.startsWith(key + "@") && id.endsWith(transition));
    boolean active =
        alertmanager.alerts().stream()
            .anyMatch(a -> a.labels.path("region").asText().equals(probe));
    return paged && shown && active;
  }

  /** Told and struck off, so that no message lives through two kills: each may repeat it once. */
  private void settled(String probe, String transition) {
    await(probe + " " + transition)
        .atMost(DEADLINE)
        .until(() -> told(probe, transition) && outbox() == 0);
  }

  private long outbox() {
    return RunDatabase.count(database, "SELECT count() FROM %s.alert_outbox");
  }

  private String holder() {
    return RunDatabase.text(
        database,
        "SELECT holder FROM %s.alert_lease FINAL ORDER BY generation DESC, asked LIMIT 1");
  }
}
