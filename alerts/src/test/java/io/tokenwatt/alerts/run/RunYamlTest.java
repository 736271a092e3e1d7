package io.tokenwatt.alerts.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwatt.alerts.Severity;
import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunYamlTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "PD", "0123456789abcdef0123456789abcdef",
          "SLACK", "https://hooks.slack.example/services/T/B/t0ken",
          "BEAT", "https://beat.example/ping/t0ken",
          "PW", "hunter2");

  @Test
  void everyKeyArrives() {
    RunConfig config =
        read(
            """
            clickhouse: {url: "http://ch:8123", user: alerts, password: "${env:PW}", database: tw}
            instance: alerts-1
            listen: 127.0.0.1:9465
            lease: 20s
            receivers:
              oncall: {type: pagerduty, routing_key: "${env:PD}"}
              team: {type: slack, url: "${env:SLACK}"}
              am: {type: alertmanager, url: "http://am:9093/prefix", user: u, password: "${env:PW}"}
            routes: {page: [oncall, am], ticket: []}
            heartbeat: {url: "${env:BEAT}", every: 30s}
            links: {clickhouse: "https://ch.example", grafana: "https://grafana.example/d/tw"}
            """);
    assertThat(config.store().database()).isEqualTo("tw");
    assertThat(config.store().password()).isEqualTo("hunter2");
    assertThat(config.instance()).isEqualTo("alerts-1");
    assertThat(config.listen().orElseThrow().getPort()).isEqualTo(9465);
    assertThat(config.lease()).hasSeconds(20);
    assertThat(config.receivers())
        .extracting(ReceiverConfig::name)
        .containsExactly("oncall", "team", "am");
    assertThat(config.receivers().get(0).target().url().reveal())
        .isEqualTo("https://events.pagerduty.com/v2/enqueue");
    assertThat(config.receivers().get(2).target().url().reveal())
        .isEqualTo("http://am:9093/prefix/api/v2/alerts");
    assertThat(config.receivers().get(2).target().authorization().orElseThrow().reveal())
        .isEqualTo("Basic dTpodW50ZXIy");
    assertThat(config.receiversOf(Severity.PAGE)).containsExactly("oncall", "am");
    assertThat(config.receiversOf(Severity.TICKET)).isEmpty();
    assertThat(config.heartbeat().orElseThrow().every()).hasSeconds(30);
    assertThat(config.play()).isEqualTo("https://ch.example");
    assertThat(config.rules()).isNotEmpty();
    assertThat(config.withRules(List.of()).toString())
        .doesNotContain("hunter2", "t0ken", ENVIRONMENT.get("PD"));
  }

  @Test
  void whatIsNotSaidHasItsDefault() {
    RunConfig config =
        read(
            """
            receivers:
              oncall: {type: pagerduty, routing_key: "${env:PD}"}
              team: {type: slack, url: "${env:SLACK}"}
            """);
    assertThat(config.receiversOf(Severity.PAGE)).containsExactly("oncall", "team");
    assertThat(config.receiversOf(Severity.TICKET))
        .as("no ticket wakes anybody")
        .containsExactly("team");
    assertThat(config.lease()).isEqualTo(RunConfig.LEASE);
    assertThat(config.call()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.listen()).isEmpty();
    assertThat(config.heartbeat()).isEmpty();
    assertThat(config.play()).isEqualTo("http://127.0.0.1:8123");
  }

  @Test
  void everyProblemIsListedWithItsLineAndNoSecret() {
    String yaml =
        """
        lease: 1s
        listen: nowhere
        receivers:
          a: {type: pagerduty, routing_key: 0123456789abcdef0123456789abcdef}
          b: {type: pagerduty, routing_key: "${env:PW}"}
          c: {type: slack, url: "${env:PW}"}
          d: {type: pager}
          e: {type: alertmanager, url: am:9093, user: u}
        routes: {page: [nobody]}
        heartbeat: {url: "${env:MISSING}"}
        recievers: {}
        """;
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigException.class)
        .satisfies(
            e ->
                assertThat(List.of(e.getMessage().split("\n")))
                    .anyMatch(line -> line.contains("alerts.yaml:1: lease"))
                    .anyMatch(line -> line.contains("alerts.yaml:2: listen"))
                    .anyMatch(
                        line -> line.contains(":4: receivers.a.routing_key: a secret must not"))
                    .anyMatch(line -> line.contains(":5: receivers.b.routing_key: must have"))
                    .anyMatch(line -> line.contains(":6: receivers.c.url: must be an http"))
                    .anyMatch(line -> line.contains(":7: receivers.d.type: expected one of"))
                    .anyMatch(line -> line.contains(":8: receivers.e.url: must be an http"))
                    .anyMatch(line -> line.contains(":8: receivers.e.user: user and password"))
                    .anyMatch(line -> line.contains(":9: routes.page: no receiver is named nobody"))
                    .anyMatch(line -> line.contains(":10: heartbeat.url"))
                    .anyMatch(line -> line.contains(":11: recievers: unknown key; did you mean")))
        .hasMessageNotContaining("hunter2")
        .hasMessageNotContaining("0123456789abcdef");
  }

  @Test
  void nobodyToTellIsAProblem() {
    assertThatThrownBy(() -> read("lease: 15s\n")).hasMessageContaining("nobody is told");
  }

  private static RunConfig read(String yaml) {
    return new ConfigReader(RunYaml.PREFIX, ENVIRONMENT)
        .read("alerts.yaml", yaml.getBytes(StandardCharsets.UTF_8), Path.of("."), RunYaml::config);
  }
}
