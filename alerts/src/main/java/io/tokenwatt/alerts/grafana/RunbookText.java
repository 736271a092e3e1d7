package io.tokenwatt.alerts.grafana;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.config.DurationText;
import java.util.List;

/** All runbooks as Markdown, for whoever is called and has no terminal at hand. Pure. */
public final class RunbookText {
  private RunbookText() {}

  public static String of(List<Rule> rules) {
    StringBuilder text =
        new StringBuilder(
            """
            # Runbooks

            Written by `./tokenwatt alerts render` from [rules](rules); edit those, not this. Each rule: what is so, what to look at
            first (paste it into ClickHouse), what cannot make it worse, who else must know.
            """);
    rules.forEach(rule -> text.append(section(rule)));
    return text.toString();
  }

  private static String section(Rule rule) {
    String unit = rule.unit().isEmpty() ? "" : " " + rule.unit();
    return """

        ## %s

        %s

        %s; %s%s over %s%s.

        ```sql
        %s
        ```

        - Safe to do: %s
        - Escalate to: %s
        """
        .formatted(
            rule.name(),
            rule.summary().strip(),
            rule.severity().label(),
            rule.threshold(),
            unit,
            DurationText.of(rule.timing().over()),
            rule.timing().pending().isZero()
                ? ""
                : ", for " + DurationText.of(rule.timing().pending()),
            rule.runbook().firstQuery().strip(),
            rule.runbook().safeAction().strip(),
            rule.runbook().escalation().strip());
  }
}
