package io.tokenwatt.alerts.ruletest;

import java.time.Duration;
import java.util.List;

/**
 * Rows in, alerts out.
 *
 * @param rule name of the rule that is evaluated
 * @param name what is so in it
 * @param rows in any order
 * @param first the first evaluation, after the start
 * @param every between evaluations
 * @param until the last evaluation, after the start
 * @param alerts all that fire at any evaluation; none = silent throughout
 */
public record RuleTest(
    String rule,
    String name,
    List<TimedRow> rows,
    Duration first,
    Duration every,
    Duration until,
    List<ExpectedAlert> alerts) {

  public RuleTest {
    rows = List.copyOf(rows);
    alerts = List.copyOf(alerts);
  }

  /** Whether it expects no alert at all. */
  public boolean silent() {
    return alerts.isEmpty();
  }

  @Override
  public String toString() {
    return rule + ": " + name + (silent() ? " -> silent" : " -> fires");
  }
}
