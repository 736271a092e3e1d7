package io.tokenwatt.quickstart;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.Severity;
import io.tokenwatt.alerts.Threshold;
import io.tokenwatt.alerts.receiver.LocalReceiver;
import io.tokenwatt.alerts.run.AlertsRun;
import io.tokenwatt.alerts.run.RunConfig;
import io.tokenwatt.storage.StoreConfig;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What {@code alerts run} does, with a receiver on this machine instead of PagerDuty: what would
 * wake somebody is shown in the terminal. Thread-safe.
 */
public final class Alerting implements AutoCloseable {
  private final LocalReceiver receiver;
  private final AlertsRun run;

  private Alerting(StoreConfig store, int port, Consumer<String> listener) throws IOException {
    receiver = LocalReceiver.start(port, listener);
    run =
        AlertsRun.start(
            RunConfig.of(store, "quickstart", List.of(receiver.config())).withRules(rules()));
  }

  /**
   * @param port of the receiver; 0 = any free one
   * @param listener gets each event as text, on the receiver's thread
   * @throws IOException if the port cannot be had
   */
  static Alerting start(StoreConfig store, int port, Consumer<String> listener) throws IOException {
    return new Alerting(store, port, listener);
  }

  /** The shipped rules; a regression pages from fewer dollars a day on, for the fleet is small. */
  private static List<Rule> rules() {
    return RuleFiles.shipped().stream()
        .map(rule -> rule.name().startsWith("efficiency-regression") ? forSmallFleet(rule) : rule)
        .toList();
  }

  private static Rule forSmallFleet(Rule rule) {
    boolean page = rule.severity() == Severity.PAGE;
    return new Rule(
        rule.name(),
        rule.summary(),
        rule.severity(),
        rule.sql(),
        page ? rule.parameters() : Map.of("page_usd_per_day", Rehearsal.PAGE_USD_PER_DAY),
        page
            ? new Threshold(rule.threshold().side(), Rehearsal.PAGE_USD_PER_DAY)
            : rule.threshold(),
        rule.unit(),
        rule.timing(),
        rule.labels(),
        rule.details(),
        rule.runbook());
  }

  /** Where events go, as PagerDuty's Events API v2 takes them. */
  String url() {
    return receiver.url();
  }

  @Override
  public void close() {
    run.close();
    receiver.close();
  }
}
