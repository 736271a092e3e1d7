package io.tokenwatt.alerts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.alerts.Incidents;
import io.tokenwatt.alerts.fake.FakePagerDuty;
import io.tokenwatt.alerts.fake.FakeSlack;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.notify.Http;
import io.tokenwatt.alerts.notify.Notifier;
import io.tokenwatt.alerts.notify.PagerDutyNotifier;
import io.tokenwatt.alerts.notify.SlackNotifier;
import io.tokenwatt.alerts.outbox.Delivery;
import io.tokenwatt.alerts.outbox.DeliveryState;
import io.tokenwatt.alerts.outbox.Journal;
import io.tokenwatt.alerts.outbox.Ledger;
import io.tokenwatt.alerts.outbox.MemoryJournal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * One receiver's courier over real sockets, with clocks and journals that are not at their best.
 */
class CourierTest {
  private static final Duration DEADLINE = Duration.ofSeconds(120);
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final Http http = new Http(Duration.ofSeconds(60));
  private final FakeSlack slack = new FakeSlack();
  private final FakePagerDuty pagerDuty = new FakePagerDuty();
  private final Settable clock = new Settable();
  private final RunHealth health = new RunHealth(clock::instant);
  private final Scene scene =
      new Scene(clock, new Messages(List.of(), "", ""), new RunMetrics(), health, new Refusals());
  private final AtomicReference<Courier> courier = new AtomicReference<>();
  private Ledger ledger = new Ledger(new MemoryJournal(), this::wake);
  private Thread thread;

  @AfterEach
  void close() throws InterruptedException {
    courier.get().stop();
    thread.join(DEADLINE.toMillis());
    slack.close();
    pagerDuty.close();
    http.close();
  }

  @Test
  void aClockThatIsSetBackDelaysNoPage() {
    slack.answerNext(503, "");
    slack.onNext(false, () -> clock.set(NOW.minus(Duration.ofHours(3))));
    start("slack", new SlackNotifier(http, slack.config().target()));
    fires("eu");
    fires("us");
    await().atMost(DEADLINE).until(() -> slack.messages().size() == 2);
  }

  @Test
  void aClockThatIsSetBackBetweenTwoMessagesDelaysNoneEither() {
    start("slack", new SlackNotifier(http, slack.config().target()));
    fires("eu");
    await().atMost(DEADLINE).until(() -> slack.messages().size() == 1);
    clock.set(NOW.minus(Duration.ofHours(3)));
    fires("us");
    await().atMost(DEADLINE).until(() -> slack.messages().size() == 2);
  }

  @Test
  void aReceiverAtItsLimitIsLeftAloneUntilItsTimeIsUp() {
    pagerDuty.answerNext(429, "3");
    start("pagerduty", pagerDuty());
    for (int i = 0; i < 20; i++) {
      fires("region-" + i);
    }
    await().atMost(DEADLINE).until(() -> pagerDuty.requests() == 1);
    await().atMost(DEADLINE).until(() -> pagerDuty.alerts().size() == 20);
    assertThat(pagerDuty.requests()).as("nobody knocked in between").isEqualTo(21);
  }

  @Test
  void aMessageThatCannotBeSentHoldsUpNoOther() {
    PagerDutyNotifier real = pagerDuty();
    start(
        "pagerduty",
        (notification, now) -> {
          if (notification.incident().labels().get("region").equals("eu")) {
            throw new UnsupportedOperationException("a bug");
          }
          return real.send(notification, now);
        });
    fires("eu");
    fires("us");
    await().atMost(DEADLINE).until(() -> ledger.due().size() == 1);
    assertThat(pagerDuty.alerts()).hasSize(1);
    assertThat(ledger.due())
        .singleElement()
        .satisfies(waiting -> assertThat(waiting.answer()).contains("UnsupportedOperation"));
    assertThat(health.json()).contains("UnsupportedOperation");
  }

  @Test
  void whatIsBeingSentWhenItEndsIsRecordedAndItEndsAtOnce() throws InterruptedException {
    List<DeliveryState> recorded = new CopyOnWriteArrayList<>();
    ledger = new Ledger(recording(recorded), this::wake);
    SlackNotifier real = new SlackNotifier(http, slack.config().target());
    start(
        "slack",
        (notification, now) -> {
          courier.get().stop();
          return real.send(notification, now);
        });
    fires("eu");
    thread.join(DEADLINE.toMillis());
    assertThat(thread.isAlive()).isFalse();
    assertThat(slack.messages()).hasSize(1);
    assertThat(recorded).containsExactly(DeliveryState.SENT);
  }

  @Test
  void whileItWaitsForAReceiverItEndsAtOnce() throws InterruptedException {
    slack.answerNext(429, "600");
    start("slack", new SlackNotifier(http, slack.config().target()));
    fires("eu");
    await().atMost(DEADLINE).until(() -> slack.requests() == 1);
    await().atMost(DEADLINE).until(() -> ledger.due().get(0).attempts() == 1);
    courier.get().stop();
    thread.join(DEADLINE.toMillis());
    assertThat(thread.isAlive()).as("long before the 600 s are up").isFalse();
  }

  private PagerDutyNotifier pagerDuty() {
    return new PagerDutyNotifier(
        http,
        pagerDuty.config().target(),
        pagerDuty.config().routingKey().orElseThrow(),
        "Tokenwatt test");
  }

  private void start(String receiver, Notifier notifier) {
    courier.set(new Courier(receiver, notifier, ledger, () -> true, scene));
    thread = Threads.daemon("courier").newThread(courier.get());
    thread.start();
  }

  private void wake(String receiver) {
    courier.get().wake();
  }

  private void fires(String region) {
    String receiver = courier.get().receiver();
    Incident incident = Incidents.firing("probe-high", region, 3, NOW, receiver);
    ledger.commit(List.of(incident), NOW);
  }

  private static Journal recording(List<DeliveryState> recorded) {
    return new Journal() {
      @Override
      public Stored load() {
        return new Stored(List.of(), List.of());
      }

      @Override
      public void incidents(List<Incident> changed) {}

      @Override
      public void delivery(Delivery delivery, DeliveryState state, Instant at) {
        recorded.add(state);
      }
    };
  }

  /** A clock that somebody sets. */
  private static final class Settable extends Clock {
    private volatile Instant now = NOW;

    void set(Instant to) {
      now = to;
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
