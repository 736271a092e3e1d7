package io.tokenwatt.alerts.run;

import io.tokenwatt.alerts.Evaluator;
import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.Sample;
import io.tokenwatt.alerts.Severity;
import io.tokenwatt.alerts.incident.Judge;
import io.tokenwatt.alerts.incident.Reading;
import io.tokenwatt.alerts.outbox.Ledger;
import io.tokenwatt.storage.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One rule under evaluation. If its query fails, or what follows from it cannot be kept, nothing
 * changes: neither does anything fire nor is anything resolved, and the failure is counted.
 * Evaluations of one rule never overlap; what they leave behind may be read by any thread.
 */
final class Watch {
  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);

  private final Rule rule;
  private final Evaluator evaluator;
  private final Ledger ledger;
  private final List<String> receivers;
  private final Scene scene;
  private volatile int failuresInARow;
  private volatile String lastError = "";
  private volatile boolean foundLast;
  private volatile double tookSeconds;
  private volatile Instant lastSuccess = Instant.EPOCH;

  Watch(Rule rule, Evaluator evaluator, Ledger ledger, List<String> receivers, Scene scene) {
    this.rule = rule;
    this.evaluator = evaluator;
    this.ledger = ledger;
    this.receivers = receivers;
    this.scene = scene;
    scene
        .metrics()
        .gauge("tokenwatt_alerts_evaluation_seconds", () -> tookSeconds, "rule", rule.name());
  }

  Rule rule() {
    return rule;
  }

  int failuresInARow() {
    return failuresInARow;
  }

  String lastError() {
    return lastError;
  }

  Instant lastSuccess() {
    return lastSuccess;
  }

  /** Whether the last evaluation worked and found something: all that a heartbeat has to know. */
  boolean foundLast() {
    return foundLast && failuresInARow == 0;
  }

  /**
   * @param at the evaluation's time: its tick, not when a thread got to it
   */
  void evaluate(Instant at) {
    Instant start = scene.now();
    try {
      List<Sample> rows = evaluator.samples(rule, at);
      foundLast = rows.stream().anyMatch(row -> row.reading() == Reading.BAD);
      if (rule.severity() != Severity.HEARTBEAT) {
        ledger.commit(Judge.judge(rule, rows, ledger.open(rule.name()), receivers, at), at);
      }
      succeeded(at);
    } catch (StoreException | IllegalArgumentException | IllegalStateException e) {
      failed(e.getMessage());
    } catch (RuntimeException e) {
      // Nobody foresaw it; but the rule is as blind as with any other failure.
      LOG.error("rule {} failed", rule.name(), e);
      failed(e.toString());
    }
    tookSeconds = Duration.between(start, scene.now()).toNanos() / 1e9;
  }

  private void succeeded(Instant at) {
    failuresInARow = 0;
    lastSuccess = at;
    count("succeeded");
    if (scene.health().up("rule " + rule.name())) {
      LOG.info("rule {} is evaluated every {}", rule.name(), rule.timing().every());
    }
  }

  private void failed(String why) {
    failuresInARow++;
    lastError = why;
    count("failed");
    if (scene.health().down("rule " + rule.name(), why)) {
      LOG.warn("rule {} cannot be evaluated: {}", rule.name(), why);
    }
  }

  void skipped() {
    count("skipped");
  }

  private void count(String result) {
    scene.metrics().count(RunMetrics.EVALUATIONS, "rule", rule.name(), "result", result);
  }
}
