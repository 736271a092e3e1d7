package io.tokenwatt.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwatt.alerts.Incidents;
import io.tokenwatt.alerts.Runbook;
import io.tokenwatt.alerts.Sample;
import io.tokenwatt.alerts.fake.FakeAlertmanager;
import io.tokenwatt.alerts.fake.FakePagerDuty;
import io.tokenwatt.alerts.fake.FakeSlack;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Judge;
import io.tokenwatt.alerts.incident.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every message, however long its texts and whatever its characters, is one the receiver takes. */
class NotifierLimitsTest {
  private static final Instant NOW = Instant.now();

  private final Http http = new Http(Duration.ofSeconds(60));
  private final FakePagerDuty pagerDuty = new FakePagerDuty();
  private final FakeSlack slack = new FakeSlack();
  private final FakeAlertmanager alertmanager = new FakeAlertmanager();

  @AfterEach
  void close() {
    http.close();
    pagerDuty.close();
    slack.close();
    alertmanager.close();
  }

  @Test
  void randomTextsOfAnyLengthAreTaken() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("NotifierLimitsTest seed " + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 50; i++) {
      Notification notification = notification(random, i);
      assertThat(toPagerDuty().send(notification, NOW).answer()).startsWith("202");
      assertThat(toAlertmanager().send(notification, NOW).answer()).startsWith("200");
    }
    assertThat(pagerDuty.alerts()).hasSize(50);
    assertThat(alertmanager.alerts()).hasSize(50);
    // Slack takes one a second: fewer, but the longest.
    for (int i = 0; i < 3; i++) {
      slack.forgetPace();
      Notification longest = notification(new Random(seed + i), 1000 + i);
      assertThat(new SlackNotifier(http, slack.config().target()).send(longest, NOW).answer())
          .isEqualTo("200 ok");
    }
  }

  @Test
  void aMessageSaysWhatHowMuchSinceWhenWhereWhyAndWhatToDo() {
    Incident incident = Incidents.firing("regression", "eu", 312.4, NOW, "x");
    Notification notification =
        new Notification(
            incident,
            Transition.TRIGGER,
            Optional.of(Incidents.rule("regression", Duration.ZERO).runbook()),
            List.of(new Notification.Link("Run the first query", "http://ch:8123/play#U0VMRUNU")));
    new SlackNotifier(http, slack.config().target()).send(notification, NOW);
    String shown = slack.messages().get(0).toString();
    assertThat(shown)
        .contains("312.4 USD/day (alerts at > 100 USD/day)".replace("100", "0"))
        .contains("region:* eu")
        .contains("since:* 20")
        .contains("suspects:* power_cap: 400 W")
        .contains("SELECT 1 &lt; 2")
        .contains("Nobody &amp; all.")
        .contains("http://ch:8123/play#U0VMRUNU")
        .contains(notification.id());
    toPagerDuty().send(notification, NOW);
    JsonNode details = pagerDuty.alerts().get(0).first.path("payload").path("custom_details");
    assertThat(details.path("suspects").asText()).isEqualTo("power_cap: 400 W");
    assertThat(details.path("first query").asText()).isEqualTo("SELECT 1 < 2");
    assertThat(pagerDuty.alerts().get(0).first.path("links")).hasSize(1);
  }

  @Test
  void theEndSaysWhyItEndedLestMissingDataPassForHealth() {
    Incident gone = Incidents.firing("r", "eu", 1, NOW, "x").ruleRemoved(NOW.plusSeconds(4000));
    Notification notification =
        new Notification(gone, Transition.RESOLVE, Optional.empty(), List.of());
    new SlackNotifier(http, slack.config().target()).send(notification, NOW);
    assertThat(slack.messages().get(0).toString())
        .contains("[RESOLVED] r:")
        .contains("after 1 h 06 min: its rule is no longer in use; whether it recovered");
  }

  private Notifier toPagerDuty() {
    return new PagerDutyNotifier(
        http, pagerDuty.config().target(), pagerDuty.config().routingKey().orElseThrow(), "test");
  }

  private Notifier toAlertmanager() {
    return new AlertmanagerNotifier(
        http, alertmanager.config().target(), AlertmanagerNotifier.REPEAT);
  }

  private static Notification notification(Random random, int number) {
    Map<String, String> details = new LinkedHashMap<>();
    for (int i = random.nextInt(70); i > 0; i--) {
      details.put("detail_" + i, text(random));
    }
    Sample row =
        new Sample(
            Incidents.rule("rule", Duration.ZERO),
            Map.of("region", number + text(random)),
            details,
            1 + random.nextDouble() * 1e9);
    Incident incident = Judge.judge(row.rule(), List.of(row), List.of(), List.of("x"), NOW).get(0);
    Runbook runbook = new Runbook(text(random), text(random), text(random));
    return new Notification(incident, Transition.TRIGGER, Optional.of(runbook), List.of());
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("x");
    int length = random.nextInt(4) == 0 ? 6000 : random.nextInt(40);
    String some = "aä<&>\"\\\n`*_ 😀";
    int[] characters = some.codePoints().toArray();
    for (int i = 0; i < length; i++) {
      text.appendCodePoint(characters[random.nextInt(characters.length)]);
    }
    return text.toString();
  }
}
