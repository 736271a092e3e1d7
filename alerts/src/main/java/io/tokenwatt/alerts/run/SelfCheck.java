package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.Runbook;
import io.tokenwatt.alerts.Sample;
import io.tokenwatt.alerts.Severity;
import io.tokenwatt.alerts.Threshold;
import io.tokenwatt.alerts.Timing;
import io.tokenwatt.alerts.incident.Incident;
import io.tokenwatt.alerts.incident.Judge;
import io.tokenwatt.alerts.outbox.Delivery;
import io.tokenwatt.alerts.outbox.Ledger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What alerts run finds out about itself: a rule that cannot be evaluated, a receiver that takes
 * nothing or refused a page. Told like any other finding, but not to the receiver it is about. That
 * nothing at all can be told is what the heartbeat is for.
 */
final class SelfCheck {
  /** Evaluations that fail in a row before it is told. */
  static final int FAILURES = 3;

  /** How long a notification may wait before it is told. */
  static final Duration WAIT = Duration.ofMinutes(5);

  static final Rule RULE_FAILING =
      rule(
          "alerts-rule-failing",
          "An alert rule cannot be evaluated: what it watches is not watched.",
          Severity.TICKET,
          new Threshold(Threshold.Side.ABOVE, FAILURES - 1),
          "failures in a row",
          "rule",
          "Nothing. The rule is tried again at its next tick; what it had open stays open.");

  static final Rule RECEIVER_FAILING =
      rule(
          "alerts-receiver-failing",
          "A receiver takes no notifications: pages to it are waiting.",
          Severity.PAGE,
          new Threshold(Threshold.Side.ABOVE, WAIT.toSeconds()),
          "s",
          "receiver",
          "Look at the answer. Put its address, key or token right; what waits is sent then.");

  static final Rule REFUSED =
      rule(
          "alerts-page-refused",
          "A receiver refused a notification for good: nobody was told of it there.",
          Severity.PAGE,
          new Threshold(Threshold.Side.ABOVE, 0),
          "refused",
          "receiver",
          "Look at the notification with ./tokenwatt alerts status and act on it by hand.");

  static final List<Rule> RULES = List.of(RULE_FAILING, RECEIVER_FAILING, REFUSED);

  private final Ledger ledger;
  private final List<Watch> watches;
  private final RunConfig config;
  private final Scene scene;

  SelfCheck(Ledger ledger, List<Watch> watches, RunConfig config, Scene scene) {
    this.ledger = ledger;
    this.watches = watches;
    this.config = config;
    this.scene = scene;
  }

  /**
   * @throws io.tokenwatt.storage.StoreException if what was found could not be kept
   */
  void check(Instant at) {
    for (Watch watch : watches) {
      Map<String, String> details = Map.of("error", watch.lastError());
      judge(RULE_FAILING, watch.rule().name(), details, watch.failuresInARow(), "", at);
    }
    for (ReceiverConfig receiver : config.receivers()) {
      String name = receiver.name();
      Delivery oldest = oldest(name);
      double age = oldest == null ? 0 : Duration.between(oldest.since(), at).toMillis() / 1e3;
      String answer = oldest == null ? "" : oldest.answer();
      judge(RECEIVER_FAILING, name, Map.of("answer", answer), age, name, at);
      Delivery refused = scene.refusals().last().get(name);
      boolean lately = refused != null && refused.since().isAfter(at.minus(Duration.ofHours(1)));
      Map<String, String> details =
          lately
              ? Map.of("notification", refused.notification(), "answer", refused.answer())
              : Map.of();
      judge(REFUSED, name, details, lately ? 1 : 0, name, at);
    }
  }

  private void judge(
      Rule rule, String about, Map<String, String> details, double value, String not, Instant at) {
    Map<String, String> labels = Map.of(rule.labels().get(0), about);
    List<Sample> rows = List.of(new Sample(rule, labels, details, value));
    List<Incident> open =
        ledger.open(rule.name()).stream().filter(i -> i.labels().equals(labels)).toList();
    List<String> receivers =
        config.receiversOf(rule.severity()).stream().filter(r -> !r.equals(not)).toList();
    List<Incident> changed = Judge.judge(rule, rows, open, receivers, at);
    if (!changed.isEmpty()) {
      ledger.commit(changed, at);
    }
  }

  private Delivery oldest(String receiver) {
    List<Delivery> due = new ArrayList<>(ledger.due());
    due.removeIf(delivery -> !delivery.receiver().equals(receiver));
    return due.stream().min((a, b) -> a.since().compareTo(b.since())).orElse(null);
  }

  private static Rule rule(
      String name,
      String summary,
      Severity severity,
      Threshold threshold,
      String unit,
      String label,
      String action) {
    Duration ten = Duration.ofSeconds(10);
    return new Rule(
        name,
        summary,
        severity,
        "",
        Map.of(),
        threshold,
        unit,
        new Timing(ten, Duration.ZERO, Duration.ZERO, Duration.ofMinutes(5), ten),
        List.of(label),
        List.of(),
        new Runbook(
            "SELECT * FROM tokenwatt.alert_outbox ORDER BY since LIMIT 20",
            action,
            "Whoever runs Tokenwatt."));
  }
}
