package io.tokenwatt.quickstart.bench.panels;

import java.time.Instant;
import java.util.List;

/** What DESIGN's readers ask most, as queries: the view as it stands, and the tables themselves. */
final class Questions {
  private final String database;
  private final Instant now;

  Questions(String database, Instant now) {
    this.database = database;
    this.now = now;
  }

  List<PanelQuery> of(PanelScope scope) {
    boolean key = scope == PanelScope.ONE_KEY;
    String time = "%s >= toDateTime(" + (now.getEpochSecond() - scope.seconds()) + ")";
    String where =
        key
            ? time
                + " AND region = '%s' AND hardware = '%s' AND model = '%s'"
                    .formatted(PanelScope.REGION, PanelScope.HARDWARE, PanelScope.MODEL)
            : time;
    String suffix = key ? "by_minute(window_s = 60)" : "by_hour(window_s = 3600)";
    String table = key ? "1m" : "1h";
    return List.of(
        new PanelQuery(
            "view efficiency: tok/J, $/Mtok, P95 TTFT",
            scope,
            "SELECT time, region, hardware, model, output_tokens_per_joule, usd_per_mtok_output_active, p95_ttft_engine_s FROM %s.efficiency_%s WHERE %s ORDER BY time"
                .formatted(database, suffix, where.formatted("time"))),
        new PanelQuery(
            "tok/J over time",
            scope,
            "SELECT window_start AS time, sum(output_tokens_metered) * 1000 / nullIf(sum(gpu_mj_metered), 0) FROM %s.efficiency_%s FINAL WHERE %s GROUP BY time ORDER BY time"
                .formatted(database, table, where.formatted("window_start"))),
        new PanelQuery(
            "tok/J by region and hardware",
            scope,
            "SELECT region, hardware, sum(output_tokens_metered) * 1000 / nullIf(sum(gpu_mj_metered), 0) FROM %s.efficiency_%s FINAL WHERE %s GROUP BY region, hardware"
                .formatted(database, table, where.formatted("window_start"))),
        new PanelQuery(
            "TTFT buckets over time",
            scope,
            "SELECT window_start AS time, sumMap(arrayPushBack(bounds_ns, 9223372036854775807), counts) FROM %s.latency_%s FINAL WHERE vantage = 'engine' AND measure = 'ttft' AND %s GROUP BY time ORDER BY time"
                .formatted(database, table, where.formatted("window_start"))));
  }
}
