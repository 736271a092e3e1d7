package io.tokenwatt.alerts.incident;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.Sample;
import io.tokenwatt.alerts.Severity;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One alert with what is told of it. Immutable.
 *
 * @param key see {@link io.tokenwatt.alerts.DedupKey}
 * @param details and value: of the last bad evaluation
 * @param bound the rule's threshold with its unit
 * @param receivers who is told; decided when it fires, so that the same are told of its end
 * @param resolvedAt {@link Instant#EPOCH} = it is not over
 */
public record Incident(
    String key,
    String rule,
    Severity severity,
    Map<String, String> labels,
    Map<String, String> details,
    double value,
    String bound,
    String summary,
    List<String> receivers,
    AlertState state,
    Instant resolvedAt) {

  public Incident {
    receivers = List.copyOf(receivers);
  }

  static Incident first(Sample seen, List<String> receivers, Instant at) {
    Rule rule = seen.rule();
    String unit = rule.unit().isEmpty() ? "" : " " + rule.unit();
    return new Incident(
        seen.dedupKey(),
        rule.name(),
        rule.severity(),
        seen.labels(),
        seen.details(),
        seen.value(),
        rule.threshold() + unit,
        rule.summary().strip(),
        receivers,
        AlertState.first(rule.timing(), at),
        Instant.EPOCH);
  }

  Incident bad(Sample seen, AlertState next) {
    return with(seen.details(), seen.value(), next, Instant.EPOCH);
  }

  /**
   * @param at when, in case it is over
   */
  Incident in(AlertState next, Instant at) {
    return with(details, value, next, next.phase().open() ? Instant.EPOCH : at);
  }

  /** The end that no evaluation brings. */
  public Incident ruleRemoved(Instant at) {
    return in(state.ruleRemoved(), at);
  }

  /** As if it had never fired: another incident of the same key is told of instead. */
  public Incident superseded() {
    return in(state.superseded(), Instant.EPOCH);
  }

  /** What with the key tells one incident from the next one of the same key. */
  public Instant started() {
    return state.since();
  }

  /** The same whoever computes it, whenever: what a receiver shows twice has one id. */
  public String notification(Transition transition) {
    return key + "@" + started().toEpochMilli() + "/" + transition.label();
  }

  private Incident with(
      Map<String, String> newDetails, double newValue, AlertState next, Instant end) {
    return new Incident(
        key, rule, severity, labels, newDetails, newValue, bound, summary, receivers, next, end);
  }
}
