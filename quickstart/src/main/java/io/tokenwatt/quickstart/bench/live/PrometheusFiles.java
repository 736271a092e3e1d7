package io.tokenwatt.quickstart.bench.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The configuration an SRE would write, in a folder: the usual one, one that gives all for speed,
 * and the usual one at another factor.
 */
record PrometheusFiles(Path folder) {
  static final String USUAL = "EfficiencyUsual";
  static final String FAST = "EfficiencyFast";
  static final String EQUAL = "EfficiencyEqualRate";

  private static final String RULES =
      """
      groups:
        - name: usual
          interval: 15s
          rules:
            - record: series:joules_per_token:rate1m
              expr: rate(bench_joules_total{job="usual"}[1m]) / rate(bench_tokens_total{job="usual"}[1m])
            - alert: EfficiencyUsual
              expr: series:joules_per_token:rate1m > 1.1 * avg_over_time((rate(bench_joules_total{job="usual"}[1m]) / rate(bench_tokens_total{job="usual"}[1m]))[1h:15s] offset 5m)
              for: 1m
      %s  - name: fast
          interval: 5s
          rules:
            - alert: EfficiencyFast
              expr: (rate(bench_joules_total{job="fast"}[30s]) / rate(bench_tokens_total{job="fast"}[30s])) > 1.1 * avg_over_time((rate(bench_joules_total{job="fast"}[30s]) / rate(bench_tokens_total{job="fast"}[30s]))[1h:15s] offset 5m)
              for: 15s
      """;

  private static final String EQUAL_RULE =
      """
            - alert: EfficiencyEqualRate
              expr: series:joules_per_token:rate1m > %s * avg_over_time((rate(bench_joules_total{job="usual"}[1m]) / rate(bench_tokens_total{job="usual"}[1m]))[1h:15s] offset 5m)
              for: 1m
      """;

  Path prometheus(int page, int alertmanager, double equalFactor) throws IOException {
    String equal = equalFactor > 0 ? EQUAL_RULE.formatted(equalFactor).indent(2) : "";
    Files.writeString(
        folder.resolve("rules.yml"), RULES.formatted(equal.replaceAll("(?m)^  ", "")));
    return Files.writeString(
        folder.resolve("prometheus.yml"),
        """
        global:
          scrape_interval: 15s
          evaluation_interval: 15s
        rule_files: [rules.yml]
        alerting:
          alertmanagers:
            - static_configs: [{targets: ["127.0.0.1:%d"]}]
        scrape_configs:
          - job_name: usual
            static_configs: [{targets: ["127.0.0.1:%d"], labels: {instance: bench}}]
          - job_name: fast
            scrape_interval: 1s
            static_configs: [{targets: ["127.0.0.1:%d"], labels: {instance: bench}}]
        """
            .formatted(alertmanager, page, page));
  }

  Path alertmanager(int webhook) throws IOException {
    return Files.writeString(
        folder.resolve("alertmanager.yml"),
        """
        route:
          receiver: bench
          group_by: [alertname, series]
          group_wait: 30s
          group_interval: 5m
          routes:
            - matchers: [alertname="EfficiencyFast"]
              group_wait: 0s
              receiver: bench
        receivers:
          - name: bench
            webhook_configs: [{url: "http://127.0.0.1:%d/", send_resolved: false}]
        """
            .formatted(webhook));
  }
}
