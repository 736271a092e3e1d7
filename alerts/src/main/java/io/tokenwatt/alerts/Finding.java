package io.tokenwatt.alerts;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A rule's bound was passed.
 *
 * @param labels of what, in the rule's order; with the rule's name its identity
 * @param details what else the rule tells, in its order
 * @param value in the unit of the rule's threshold
 */
public record Finding(
    Rule rule, Map<String, String> labels, Map<String, String> details, double value) {

  public Finding {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /** The same for as long as the finding lasts, whoever delivers it; see {@link DedupKey}. */
  public String dedupKey() {
    return DedupKey.of(rule.name(), labels);
  }
}
