package io.tokenwatt.alerts;

import java.time.Duration;
import java.util.List;

/**
 * One thing that should not be, as a query and a bound.
 *
 * @param name unique among the rules in use; kebab-case
 * @param summary one sentence for whoever is called
 * @param sql one SELECT over tables and views of the store's database, named without it. It may use
 *     the parameters {@code {from:DateTime('UTC')}} and {@code {to:DateTime('UTC')}}: the range [to
 *     - holds, to) of windows that are complete. One row per group, with a column per label and the
 *     number {@code value}; NULL there means not known and is no finding
 * @param holds how long it has to be so; the length of that range
 * @param labels columns that tell one finding from another
 */
public record Rule(
    String name,
    String summary,
    Severity severity,
    String sql,
    Threshold threshold,
    Duration holds,
    List<String> labels,
    Runbook runbook) {

  public Rule {
    labels = List.copyOf(labels);
  }
}
