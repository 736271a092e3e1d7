package io.tokenwatt.dashboards.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.alerts.Severity;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Whoever is called can open the picture of what called: every rule names a panel that is there.
 */
class AlertPanelsTest {
  @Test
  void everyRuleThatCallsSomebodyNamesAPanelThatIsThere() {
    Set<String> panels = new HashSet<>();
    for (JsonNode dashboard : Rendered.dashboards()) {
      Rendered.panels(dashboard)
          .forEach(p -> panels.add(dashboard.get("uid").asText() + "/" + p.get("id").asInt()));
    }
    for (Rule rule : RuleFiles.shipped()) {
      if (rule.severity() != Severity.HEARTBEAT) {
        assertThat(panels).as(rule.name()).contains(rule.runbook().panel());
      }
    }
  }
}
