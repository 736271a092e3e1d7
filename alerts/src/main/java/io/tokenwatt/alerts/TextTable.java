package io.tokenwatt.alerts;

import io.tokenwatt.config.DurationText;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Findings and rules for people. Pure; every text ends with a line break. */
final class TextTable {
  private static final String FINDING = "%-9s %-26s %10s %-16s %s%n";
  private static final String RULE = "%-26s %-9s %-10s %-6s %-5s %s%n";

  private TextTable() {}

  static String of(Evaluation evaluation) {
    StringBuilder text = new StringBuilder();
    List<Finding> findings = evaluation.findings();
    if (!findings.isEmpty()) {
      text.append(FINDING.formatted("SEVERITY", "RULE", "VALUE", "THRESHOLD", "LABELS"));
      findings.forEach(finding -> text.append(line(finding)));
      findings.stream().map(Finding::rule).distinct().forEach(rule -> text.append(runbook(rule)));
    }
    int evaluated = evaluation.rules().size() - evaluation.failures().size();
    return text.append("%d found by %d rules.%n".formatted(findings.size(), evaluated)).toString();
  }

  private static String line(Finding finding) {
    Rule rule = finding.rule();
    StringBuilder line =
        new StringBuilder(
            FINDING.formatted(
                rule.severity().label(),
                rule.name(),
                NumberText.of(finding.value()),
                rule.threshold() + (rule.unit().isEmpty() ? "" : " " + rule.unit()),
                texts(finding.labels(), " ")));
    if (!finding.details().isEmpty()) {
      line.append("  ").append(texts(finding.details(), "  ")).append(System.lineSeparator());
    }
    return line.toString();
  }

  private static String texts(Map<String, String> texts, String between) {
    return texts.entrySet().stream()
        .map(e -> e.getKey() + "=" + (e.getValue().isEmpty() ? "(unknown)" : e.getValue()))
        .collect(Collectors.joining(between));
  }

  private static String runbook(Rule rule) {
    Runbook runbook = rule.runbook();
    return "%n%s: %s%n  First look at:%n%s%n  Safe to do: %s%n  Escalate to: %s%n%n"
        .formatted(
            rule.name(),
            rule.summary().strip(),
            runbook.firstQuery().strip().indent(4).stripTrailing(),
            runbook.safeAction().strip(),
            runbook.escalation().strip());
  }

  static String of(List<Rule> rules) {
    StringBuilder text = new StringBuilder();
    text.append(RULE.formatted("RULE", "SEVERITY", "THRESHOLD", "OVER", "FOR", "SUMMARY"));
    for (Rule rule : rules) {
      text.append(
          RULE.formatted(
              rule.name(),
              rule.severity().label(),
              rule.threshold(),
              DurationText.of(rule.timing().over()),
              DurationText.of(rule.timing().pending()),
              rule.summary()));
    }
    return text.toString();
  }
}
