package io.tokenwatt.alerts.grafana;

import static io.tokenwatt.alerts.grafana.Rendered.map;
import static io.tokenwatt.alerts.grafana.Rendered.maps;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.alerts.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Contact points, policies, templates and mute timings, by Grafana's rules. */
class GrafanaDeliveryTest {
  private static final Set<String> ROUTE_KEYS =
      Set.of(
          "receiver",
          "group_by",
          "object_matchers",
          "mute_time_intervals",
          "active_time_intervals",
          "group_wait",
          "group_interval",
          "repeat_interval",
          "continue",
          "routes");
  private static final Map<String, Set<String>> SETTINGS =
      Map.of(
          "webhook", Set.of("url", "httpMethod", "payload"),
          "slack", Set.of("url", "title", "text"));
  private static final Pattern CALLED = Pattern.compile("(?:template|tmpl\\.Exec) \"([^\"]+)\"");
  private static final Pattern DEFINED = Pattern.compile("define \"([^\"]+)\"");

  private final Map<String, Object> root =
      maps(Rendered.file("alerting/policies.yaml"), "policies").get(0);

  @Test
  void thereIsOneTreeWithARouteForEverySeverity() {
    assertThat(maps(Rendered.file("alerting/policies.yaml"), "policies")).hasSize(1);
    assertThat(root.keySet()).doesNotContain("object_matchers", "mute_time_intervals", "continue");
    assertThat(maps(root, "routes"))
        .extracting(route -> route.get("object_matchers"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(Severity.values())
                .map(severity -> List.of(List.of("severity", "=", severity.label())))
                .toList());
    for (Map<String, Object> route : routes()) {
      assertThat(route.keySet()).filteredOn(key -> !key.equals("orgId")).isSubsetOf(ROUTE_KEYS);
      // Else one notification would be about several incidents and name the first only.
      assertThat(route.get("group_by")).isEqualTo(List.of("dedup_key"));
    }
  }

  @Test
  void everyReceiverAndMuteTimingThatIsNamedExists() {
    Set<Object> points =
        maps(Rendered.file("alerting/contact-points.yaml"), "contactPoints").stream()
            .map(point -> point.get("name"))
            .collect(Collectors.toSet());
    Set<Object> mutes =
        maps(Rendered.file("alerting/mute-times.yaml"), "muteTimes").stream()
            .map(mute -> mute.get("name"))
            .collect(Collectors.toSet());
    for (Map<String, Object> route : routes()) {
      assertThat(points).contains(route.get("receiver"));
      assertThat(mutes).containsAll((List<?>) route.getOrDefault("mute_time_intervals", List.of()));
    }
  }

  @Test
  void noPageIsMuted() {
    assertThat(maps(root, "routes"))
        .filteredOn(route -> route.get("receiver").equals("tokenwatt-page"))
        .singleElement()
        .satisfies(route -> assertThat(route).doesNotContainKey("mute_time_intervals"));
  }

  @Test
  void receiversHaveUniqueUidsAndOnlySettingsOfTheirType() {
    assertThat(Rendered.receivers())
        .extracting(receiver -> receiver.get("uid"))
        .doesNotHaveDuplicates()
        .allMatch(uid -> ((String) uid).matches("[a-zA-Z0-9_-]{1,40}"));
    for (Map<String, Object> receiver : Rendered.receivers()) {
      assertThat(receiver).containsOnlyKeys("uid", "type", "disableResolveMessage", "settings");
      assertThat(map(receiver, "settings").keySet()).isSubsetOf(SETTINGS.get(receiver.get("type")));
    }
  }

  @Test
  void everyVariableOfTheEnvironmentIsTold() throws IOException {
    String readme =
        Files.readString(
            Path.of(System.getProperty("tokenwatt.root"), "deploy", "grafana", "README.md"));
    Set<String> used = new TreeSet<>();
    Rendered.receivers()
        .forEach(receiver -> used.addAll(Interpolation.variables(receiver.toString())));
    used.addAll(Interpolation.variables(Rendered.file("datasources/tokenwatt.yaml").toString()));
    assertThat(used).hasSize(5).allMatch(name -> readme.contains("`" + name + "`"));
  }

  @Test
  void secretsAreNothingButVariables() {
    for (Map<String, Object> receiver : Rendered.receivers()) {
      Map<String, Object> settings = map(receiver, "settings");
      String url = (String) settings.get("url");
      assertThat(Interpolation.expand(url))
          .matches("<TOKENWATT_[A-Z_]+>|https://events\\.pagerduty\\.com/v2/enqueue");
      map(map(settings, "payload"), "vars")
          .values()
          .forEach(
              v -> assertThat(Interpolation.expand((String) v)).matches("<TOKENWATT_[A-Z_]+>"));
    }
  }

  @Test
  void everyTemplateThatIsCalledIsDefinedAndClosed() {
    String templates =
        (String) maps(Rendered.file("alerting/templates.yaml"), "templates").get(0).get("template");
    Set<String> defined = names(DEFINED, templates);
    assertThat(defined).containsAll(names(CALLED, templates));
    assertThat(defined).containsAll(names(CALLED, Rendered.receivers().toString()));
    assertThat(Pattern.compile("\\{\\{-? *(?:define|if|range)\\b").matcher(templates).results())
        .hasSameSizeAs(Pattern.compile("\\{\\{-? *end\\b").matcher(templates).results().toList());
  }

  private List<Map<String, Object>> routes() {
    return Stream.concat(Stream.of(root), maps(root, "routes").stream()).toList();
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(m -> m.group(1)).collect(Collectors.toSet());
  }
}
