package io.tokenwatt.dashboards.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.dashboards.expand.Macros;
import io.tokenwatt.dashboards.expand.Variables;
import io.tokenwatt.dashboards.source.Unit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana does not complain about and a reader would stumble over. */
class DashboardRulesTest {
  /** Makes one number of a series: a mean of ratios, an average of percentiles. */
  private static final Set<String> HARMLESS_REDUCERS = Set.of("lastNotNull");

  private static final Pattern ORDINARY = Pattern.compile("(?i)\\bavg(?:If)?\\(");

  static List<JsonNode> dashboards() {
    return Rendered.dashboards();
  }

  static List<Named<JsonNode>> named() {
    return dashboards().stream().map(d -> Named.of(d.get("uid").asText(), d)).toList();
  }

  @Test
  void uidsAndTitlesAreUniqueAndShortEnough() {
    assertThat(dashboards())
        .extracting(d -> d.get("uid").asText())
        .doesNotHaveDuplicates()
        .allMatch(uid -> uid.matches("[a-z0-9-]{1,40}"));
    assertThat(dashboards()).extracting(d -> d.get("title").asText()).doesNotHaveDuplicates();
    assertThat(dashboards())
        .allMatch(d -> d.get("id").isNull() && d.get("schemaVersion").asInt() == 42)
        .noneMatch(d -> d.has("elements") || d.has("apiVersion"));
  }

  @ParameterizedTest
  @MethodSource("named")
  void idsAreUniqueInEachDashboard(JsonNode dashboard) {
    assertThat(Rendered.all(dashboard))
        .extracting(p -> p.get("id").asInt())
        .doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("named")
  void panelsStandInsideTheGridAndNowhereTwice(JsonNode dashboard) {
    grid(dashboard.get("panels"));
    dashboard.get("panels").forEach(row -> grid(row.path("panels")));
  }

  private static void grid(JsonNode panels) {
    Set<String> taken = new HashSet<>();
    for (JsonNode panel : panels) {
      JsonNode at = panel.get("gridPos");
      assertThat(at.get("x").asInt() + at.get("w").asInt()).isLessThanOrEqualTo(24);
      for (int x = at.get("x").asInt(); x < at.get("x").asInt() + at.get("w").asInt(); x++) {
        for (int y = at.get("y").asInt(); y < at.get("y").asInt() + at.get("h").asInt(); y++) {
          assertThat(taken.add(x + "," + y)).as(panel.path("title") + " overlaps").isTrue();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("named")
  void everyPanelSaysWhatItShowsAndInWhichUnit(JsonNode dashboard) {
    Set<String> units = Arrays.stream(Unit.values()).map(Unit::id).collect(Collectors.toSet());
    for (JsonNode panel : Rendered.panels(dashboard)) {
      String name = Rendered.name(dashboard, panel);
      assertThat(panel.get("title").asText()).as(name).isNotBlank();
      assertThat(panel.get("description").asText()).as(name).hasSizeGreaterThan(30);
      if (panel.has("targets")) {
        assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(name).isIn(units);
        assertThat(panel.at("/fieldConfig/defaults/noValue").asText()).as(name).isEqualTo("–");
      }
      Rendered.below(panel).stream()
          .filter(node -> node.path("id").asText().equals("unit"))
          .forEach(node -> assertThat(node.get("value").asText()).as(name).isIn(units));
    }
  }

  @ParameterizedTest
  @MethodSource("named")
  void everyQueryGoesToTheChosenStore(JsonNode dashboard) {
    Rendered.below(dashboard).stream()
        .filter(node -> node.path("datasource").isObject())
        .forEach(
            node ->
                assertThat(node.get("datasource").get("uid").asText()).isEqualTo("${datasource}"));
    assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
    assertThat(dashboard.at("/templating/list/0/current/value").asText())
        .isEqualTo(DashboardJson.DATASOURCE_UID);
  }

  @Test
  void theStoreIsTheOneThatAlertsProvision() {
    String source =
        io.tokenwatt.alerts.grafana.Provisioning.of(RuleFiles.shipped())
            .get("datasources/tokenwatt.yaml");
    assertThat(source)
        .contains("uid: " + DashboardJson.DATASOURCE_UID + "\n")
        .contains("type: " + VariableJson.PLUGIN + "\n")
        .contains("protocol: native");
    assertThat(Rendered.FILES).doesNotContainKey("datasources/tokenwatt.yaml");
  }

  @ParameterizedTest
  @MethodSource("named")
  void variablesAreDefinedAndUsedAndMacrosAreThoseOfThePinnedPlugin(JsonNode dashboard) {
    Set<String> defined = new HashSet<>();
    dashboard.at("/templating/list").forEach(v -> defined.add(v.get("name").asText()));
    Set<String> used = new HashSet<>(Set.of("datasource"));
    for (JsonNode node : Rendered.below(dashboard)) {
      String sql = node.path("rawSql").asText();
      for (String name : Variables.names(sql)) {
        if (name.startsWith("__")) {
          assertThat(Macros.names()).as(sql).contains(name.substring(2));
        } else {
          assertThat(defined).as(sql).contains(name);
          used.add(name);
        }
      }
      // A variable of several values is a list of texts, and nothing else.
      assertThat(sql)
          .doesNotContainPattern("\\$\\{?(region|cluster|hardware|model)(}|\\b(?!:singlequote}))");
      assertThat(sql).doesNotContain("[[").doesNotContainPattern("(?i)\\btokenwatt\\.");
    }
    assertThat(used).containsExactlyInAnyOrderElementsOf(defined);
  }

  @ParameterizedTest
  @MethodSource("named")
  void nothingIsAveragedThatIsARatioOrAPercentile(JsonNode dashboard) {
    for (JsonNode panel : Rendered.panels(dashboard)) {
      Rendered.below(panel).stream()
          .filter(node -> node.has("calcs"))
          .forEach(
              node ->
                  node.get("calcs")
                      .forEach(calc -> assertThat(HARMLESS_REDUCERS).contains(calc.asText())));
      panel
          .path("targets")
          .forEach(
              target -> assertThat(target.get("rawSql").asText()).doesNotContainPattern(ORDINARY));
    }
  }

  @ParameterizedTest
  @MethodSource("named")
  void linksLeadToDashboardsAndVariablesThatAreThere(JsonNode dashboard) {
    Set<String> uids =
        dashboards().stream().map(d -> d.get("uid").asText()).collect(Collectors.toSet());
    Pattern variable = Pattern.compile("var-(\\w+)=");
    Rendered.below(dashboard).stream()
        .map(node -> node.path("url").asText())
        .filter(url -> !url.isEmpty())
        .forEach(
            url -> {
              assertThat(url).startsWith("/d/").contains("?${__url_time_range}");
              String uid = url.substring(3, url.indexOf('?'));
              assertThat(uids).contains(uid);
              JsonNode target =
                  dashboards().stream()
                      .filter(d -> d.get("uid").asText().equals(uid))
                      .findFirst()
                      .orElseThrow();
              Set<String> there = new HashSet<>();
              target.at("/templating/list").forEach(v -> there.add(v.get("name").asText()));
              variable.matcher(url).results().forEach(m -> assertThat(there).contains(m.group(1)));
            });
  }

  @ParameterizedTest
  @MethodSource("named")
  void deploymentsAndRegressionsAreDrawnOverAll(JsonNode dashboard) {
    assertThat(dashboard.at("/annotations/list"))
        .extracting(annotation -> annotation.get("name").asText())
        .containsExactly("Deployments and changes", "Regressions");
    assertThat(dashboard.at("/links/0/includeVars").asBoolean()).isTrue();
    assertThat(dashboard.at("/links/0/keepTime").asBoolean()).isTrue();
  }
}
