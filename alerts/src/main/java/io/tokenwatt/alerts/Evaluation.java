package io.tokenwatt.alerts;

import java.util.List;

/**
 * What one round over some rules gave.
 *
 * @param findings in the order of the rules
 */
public record Evaluation(List<Rule> rules, List<Finding> findings, List<Failure> failures) {
  public Evaluation {
    rules = List.copyOf(rules);
    findings = List.copyOf(findings);
    failures = List.copyOf(failures);
  }
}
