package io.tokenwatt.quickstart.bench.live;

import io.tokenwatt.quickstart.bench.report.Quantiles;
import io.tokenwatt.quickstart.bench.report.Section;
import java.util.ArrayList;
import java.util.List;

/** What came to the webhook of a live run, sender by sender. */
final class LiveTable {
  private LiveTable() {}

  static Section of(LivePlan plan, List<LiveSeries> all, List<Webhook.Message> messages) {
    Section section =
        Section.of(
            "live",
            "Real time: a step of %.0f %% in each of %d series, from the step to the webhook"
                .formatted(100 * plan.size(), plan.series()),
            "who",
            "found",
            "of",
            "seconds p50",
            "seconds p90",
            "seconds p99",
            "messages before the step",
            "set up as");
    row(
        section,
        LiveRun.OURS,
        all,
        messages,
        "Tuning.DEFAULT; judged 5 s after the window's end, posted straight: without Kafka, Flink,"
            + " ClickHouse, rules");
    row(
        section,
        PrometheusFiles.USUAL,
        all,
        messages,
        "scrape and evaluation 15s, rate 1m, factor 1.1, for 1m, group_wait 30s");
    row(
        section,
        PrometheusFiles.FAST,
        all,
        messages,
        "scrape 1s, evaluation 5s, rate 30s, factor 1.1, for 15s, group_wait 0s");
    if (plan.equalFactor() > 0) {
      row(
          section,
          PrometheusFiles.EQUAL,
          all,
          messages,
          "as usual, factor %.2f: as few false alarms on the quiet windows as ours"
              .formatted(plan.equalFactor()));
    }
    return section
        .note("Prometheus knows the 75 minutes before, the detector 26 hours; same counters")
        .note(
            "messages before the step are false alarms; a series that had one is not counted found")
        .note("  for that sender, for its alert may be firing already");
  }

  private static void row(
      Section section,
      String who,
      List<LiveSeries> all,
      List<Webhook.Message> messages,
      String setUp) {
    List<Double> delays = new ArrayList<>();
    long early = 0;
    for (LiveSeries series : all) {
      List<Webhook.Message> own =
          messages.stream()
              .filter(m -> m.alert().equals(who) && m.series().equals(series.name()))
              .toList();
      long before = own.stream().filter(m -> m.atMs() < series.stepMs()).count();
      early += before;
      if (before == 0 && !own.isEmpty()) {
        delays.add((own.get(0).atMs() - series.stepMs()) / 1e3);
      }
    }
    Quantiles seconds = new Quantiles(delays);
    section.row(
        who,
        seconds.count(),
        all.size(),
        seconds.at(0.5),
        seconds.at(0.9),
        seconds.at(0.99),
        early,
        setUp);
  }
}
