package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Link;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.Stat;
import io.tokenwatt.dashboards.source.Thresholds;
import io.tokenwatt.dashboards.source.Unit;

/** Single numbers over the whole range that more than one dashboard shows. Widths are 4 columns. */
final class Verdicts {
  private Verdicts() {}

  static Stat tokensPerJoule(int id) {
    return of(
        Head.of(id, "Output tokens per joule", Says.TOKENS_PER_JOULE),
        "SELECT output_tokens_per_joule FROM " + Ask.whole("efficiency_stepped"),
        Scale.of(Unit.TOKENS_PER_JOULE, 2));
  }

  static Stat change(int id) {
    return of(
        Head.of(
            id,
            "… against the time before",
            """
            Output tokens per joule of the range ÷ that of the time of equal length before it, less 1. Not corrected for \
            load, mix or answer length: what is corrected for load stands among the regressions."""),
        """
        SELECT now_value / before_value - 1
        FROM (SELECT output_tokens_per_joule AS now_value FROM %s) AS a
        CROSS JOIN (SELECT output_tokens_per_joule AS before_value FROM %s) AS b"""
            .formatted(Ask.whole("efficiency_stepped"), Ask.before("efficiency_stepped")),
        Scale.of(Unit.SHARE, 1).free());
  }

  static Stat joulesPerRequest(int id) {
    return of(
        Head.of(
            id,
            "Joules per request",
            "Σ GPU joules ÷ Σ finished requests, over the same node-intervals. Rises with longer answers."),
        "SELECT joules_per_request FROM " + Ask.whole("efficiency_stepped"),
        Scale.of(Unit.JOULES_PER_REQUEST));
  }

  static Stat dollars(int id) {
    return of(
        Head.of(id, "$ per million output tokens, all-in", Says.DOLLARS_ALL_IN),
        "SELECT usd_per_mtok_output_all_in FROM " + Ask.whole("cost_stepped"),
        Scale.of(Unit.DOLLARS_PER_MTOK, 3));
  }

  static Stat p95(int id) {
    return of(
        Head.of(id, "P95 time to first token, engines", Says.P95),
        "SELECT p95_s FROM " + Ask.whole("latency_stepped") + "\nWHERE measure = 'ttft'",
        Scale.of(Unit.SECONDS));
  }

  static Stat openRegressions(int id) {
    return of(
        Head.of(
            id,
            "Open regressions",
            """
            Series whose joules, board time or latency per token is worse than its load explains, and which nobody has \
            accepted (view `regressions_open`). Now, whatever the time range; of the chosen regions, hardware and models."""),
        """
        SELECT count()
        FROM regressions_open
        WHERE %s
          AND %s
          AND %s"""
            .formatted(
                Ask.chosen("region", "region"),
                Ask.chosen("hardware", "hardware"),
                Ask.chosen("model", "model")),
        Scale.of(Unit.COUNT, 0).judged(Thresholds.zeroIsGood()));
  }

  static Stat coverage(int id) {
    return of(
        Head.of(
                id,
                "Coverage",
                """
                Observed ÷ expected board time: how much of what is said here was read. Orange below 0.99, the promise of a \
                healthy pipeline; vermilion below 0.9, where alert `coverage-low` opens a ticket.""")
            .link(Link.to("Pipeline health", Uids.PIPELINE)),
        "SELECT coverage FROM " + Ask.whole("efficiency_stepped"),
        Scale.share().judged(Thresholds.highIsGood(0.9, 0.99)));
  }

  static Stat dataUpTo(int id) {
    return of(
        Head.of(
            id,
            "Data up to",
            """
            End of the newest 10 s window of the chosen regions and hardware. A healthy pipeline is 10 to 20 s behind; \
            grows if it stands still."""),
        """
        SELECT toUnixTimestamp(max(window_start) + 10) * 1000
        FROM efficiency_10s
        WHERE window_start >= $__toTime - INTERVAL 2 DAY AND window_start < $__toTime
          AND %s
          AND %s"""
            .formatted(Ask.chosen("region", "region"), Ask.chosen("hardware", "hardware")),
        Scale.of(Unit.SINCE).free());
  }

  static Stat of(Head head, String sql, Scale scale) {
    return new Stat(head.size(4, 4), Query.rows(sql), scale);
  }
}
