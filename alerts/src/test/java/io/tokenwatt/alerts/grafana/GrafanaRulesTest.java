package io.tokenwatt.alerts.grafana;

import static io.tokenwatt.alerts.grafana.Rendered.map;
import static io.tokenwatt.alerts.grafana.Rendered.maps;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.RuleFiles;
import io.tokenwatt.config.DurationText;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The rule groups, by the rules of Grafana's file provisioning. */
class GrafanaRulesTest {
  private static final Pattern MACRO = Pattern.compile("\\$\\w*");

  @Test
  void everyRuleIsThereOnceUnderItsOwnName() {
    assertThat(Rendered.rules())
        .extracting(rule -> rule.get("title"))
        .containsExactlyInAnyOrderElementsOf(RuleFiles.shipped().stream().map(Rule::name).toList())
        .doesNotHaveDuplicates();
    assertThat(Rendered.rules())
        .extracting(rule -> rule.get("uid"))
        .doesNotHaveDuplicates()
        .allMatch(uid -> ((String) uid).matches("[a-zA-Z0-9_-]{1,40}"));
  }

  @Test
  void noKeyIsUnknownToGrafana() {
    assertThat(Rendered.file("alerting/rules.yaml")).containsOnlyKeys("apiVersion", "groups");
    for (Map<String, Object> group : Rendered.groups()) {
      assertThat(group).containsOnlyKeys("orgId", "name", "folder", "interval", "rules");
    }
    for (Map<String, Object> rule : Rendered.rules()) {
      assertThat(rule.keySet())
          .isSubsetOf(
              "uid",
              "title",
              "condition",
              "data",
              "noDataState",
              "execErrState",
              "for",
              "keepFiringFor",
              "dashboardUid",
              "panelId",
              "annotations",
              "labels")
          .contains("uid", "title", "condition", "data");
      assertThat(rule.get("noDataState")).isEqualTo("OK");
      assertThat(rule.get("execErrState")).isIn("KeepLast", "OK");
      for (Map<String, Object> node : maps(rule, "data")) {
        assertThat(node).containsOnlyKeys("refId", "relativeTimeRange", "datasourceUid", "model");
      }
    }
  }

  @Test
  void intervalsAreMultiplesOfTheSchedulersTick() {
    for (Map<String, Object> group : Rendered.groups()) {
      assertThat(DurationText.parse((String) group.get("interval")).toSeconds() % 10).isZero();
    }
  }

  @Test
  void everyConditionStandsOnTheQueryOfTheProvisionedDataSource() {
    List<Map<String, Object>> sources =
        maps(Rendered.file("datasources/tokenwatt.yaml"), "datasources");
    assertThat(sources).extracting(s -> s.get("uid")).containsExactly(RuleGroups.DATASOURCE_UID);
    for (Map<String, Object> rule : Rendered.rules()) {
      Map<String, Object> query = maps(rule, "data").get(0);
      Map<String, Object> threshold = maps(rule, "data").get(1);
      assertThat(query.get("datasourceUid")).isEqualTo(RuleGroups.DATASOURCE_UID);
      assertThat(map(threshold, "model").get("expression")).isEqualTo(query.get("refId"));
      assertThat(rule.get("condition")).isEqualTo(threshold.get("refId"));
      assertThat(map(query, "model"))
          .containsEntry("format", 1)
          .containsEntry("editorType", "sql")
          .containsKey("intervalMs");
      Map<String, Object> range = map(query, "relativeTimeRange");
      assertThat((Integer) range.get("from")).isGreaterThan((Integer) range.get("to"));
    }
  }

  @Test
  void sqlIsTakenRawSoMacrosHaveOneDollarAndNothingElseHas() {
    for (Map<String, Object> rule : Rendered.rules()) {
      String sql = (String) map(maps(rule, "data").get(0), "model").get("rawSql");
      assertThat(MACRO.matcher(sql).results().map(MatchResult::group))
          .isSubsetOf(Set.of("$__fromTime", "$__toTime"));
      assertThat(sql).doesNotContainPattern("\\{\\w+:");
    }
  }

  @Test
  void annotationsHaveSingleDollarsWithoutBracesAndLabelsNone() {
    for (Map<String, Object> rule : Rendered.rules()) {
      assertThat(map(rule, "annotations").toString()).doesNotContain("$$").doesNotContain("${");
      assertThat(map(rule, "labels").toString()).doesNotContain("$");
      assertThat(map(rule, "annotations").values()).noneMatch(text -> ((String) text).isBlank());
    }
  }

  @Test
  void noFileReadsAnotherFileOrAVariableByItsLongName() {
    Rendered.rules()
        .forEach(
            rule -> assertThat(rule.toString()).doesNotContain("$__file").doesNotContain("$__env"));
  }
}
