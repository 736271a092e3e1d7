package io.tokenwatt.quickstart.bench.live;

import java.util.Locale;

/** What Prometheus would have scraped before it was started, as OpenMetrics with times. */
final class History {
  private final StringBuilder joules = new StringBuilder();
  private final StringBuilder tokens = new StringBuilder();

  /** A scrape of one series, for both jobs. */
  void scrape(LiveSeries series) {
    for (String job : new String[] {"usual", "fast"}) {
      line(joules, "bench_joules_total", job, series, series.millijoules() / 1e3);
      line(tokens, "bench_tokens_total", job, series, series.tokens());
    }
  }

  private static void line(
      StringBuilder text, String metric, String job, LiveSeries series, double value) {
    text.append(
        String.format(
            Locale.ROOT,
            "%s{instance=\"bench\",job=\"%s\",series=\"%s\"} %.3f %d%n",
            metric,
            job,
            series.name(),
            value,
            series.nowMs() / 1_000));
  }

  /** Each family in one piece, as the format asks. */
  String text() {
    return "# TYPE bench_joules counter\n"
        + joules
        + "# TYPE bench_tokens counter\n"
        + tokens
        + "# EOF\n";
  }

  /** The page that is scraped from now on. */
  static String page(Iterable<LiveSeries> all) {
    StringBuilder joules = new StringBuilder("# TYPE bench_joules_total counter\n");
    StringBuilder tokens = new StringBuilder("# TYPE bench_tokens_total counter\n");
    for (LiveSeries series : all) {
      joules.append(
          String.format(
              Locale.ROOT,
              "bench_joules_total{series=\"%s\"} %.3f%n",
              series.name(),
              series.millijoules() / 1e3));
      tokens.append(
          String.format(
              Locale.ROOT,
              "bench_tokens_total{series=\"%s\"} %d%n",
              series.name(),
              series.tokens()));
    }
    return joules.append(tokens).toString();
  }
}
