package io.tokenwatt.alerts;

import io.tokenwatt.alerts.incident.Reading;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a rule says of one set of labels at one time: a row of its answer, good or bad.
 *
 * @param labels in the rule's order; with the rule's name the identity
 * @param details what else the rule tells, in its order
 * @param value in the unit of the rule's threshold; NaN = not known
 */
public record Sample(
    Rule rule, Map<String, String> labels, Map<String, String> details, double value) {

  public Sample {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** {@link Reading#BAD} past the threshold, {@link Reading#UNKNOWN} for NULL and NaN. */
  public Reading reading() {
    if (Double.isNaN(value)) {
      return Reading.UNKNOWN;
    }
    return rule.threshold().passedBy(value) ? Reading.BAD : Reading.GOOD;
  }

  /** The same for as long as it lasts, whoever delivers it; see {@link DedupKey}. */
  public String dedupKey() {
    return DedupKey.of(rule.name(), labels);
  }

  /** What a person is told of a bad one. */
  public Finding finding() {
    return new Finding(rule, labels, details, value);
  }
}
