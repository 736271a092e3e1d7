package io.tokenwatt.alerts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One thing that should not be, as a query and a bound.
 *
 * @param name unique among the rules in use; kebab-case
 * @param summary one sentence for whoever is called
 * @param sql one SELECT over tables and views of the store's database, named without it. It may use
 *     the parameters {@code {from:DateTime('UTC')}} and {@code {to:DateTime('UTC')}}: the range of
 *     {@link Timing#over}, whole windows; and those of the rule. One row per group, with a column
 *     per label and detail and the number {@code value}; NULL there means not known and is no
 *     finding
 * @param parameters numbers that the SQL uses as {@code {name:Float64}}
 * @param unit of the value and the threshold; "" = none
 * @param labels columns of text that tell one finding from another: its identity
 * @param details columns that are shown with a finding and may change while it lasts
 */
public record Rule(
    String name,
    String summary,
    Severity severity,
    String sql,
    Map<String, Double> parameters,
    Threshold threshold,
    String unit,
    Timing timing,
    List<String> labels,
    List<String> details,
    Runbook runbook) {

  public Rule {
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    labels = List.copyOf(labels);
    details = List.copyOf(details);
  }
}
