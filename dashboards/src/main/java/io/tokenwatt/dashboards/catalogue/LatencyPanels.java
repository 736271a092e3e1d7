package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Color;
import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.SeriesStyle;
import io.tokenwatt.dashboards.source.Table;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.Unit;

/** Percentiles: always of summed buckets, never averaged, with how many they are of. */
final class LatencyPanels {
  private LatencyPanels() {}

  /** P50, P95 and P99 of one latency, over all that is chosen. */
  static TimeSeries engine(int id, String title, String measure) {
    return TimeSeries.lines(
            Head.of(
                id,
                title,
                "P50, P95, P99 of the engines' histogram "
                    + measure
                    + ", buckets summed over all that is chosen, then interpolated as Prometheus does. A gap in P95 or P99 with P50 present: it lies in the last, open bucket (saturated, see the table)."),
            Query.series(
                "SELECT time, p50_s AS P50, p95_s AS P95, p99_s AS P99 FROM "
                    + Ask.stepped("latency_stepped")
                    + "\nWHERE measure = '"
                    + measure
                    + "'\nORDER BY time"),
            Scale.of(Unit.SECONDS))
        .styled(
            SeriesStyle.solid("P50", Color.SKY),
            SeriesStyle.solid("P95", Color.BLUE),
            SeriesStyle.solid("P99", Color.VERMILION));
  }

  /** The same request by three clocks. */
  static TimeSeries vantages() {
    return TimeSeries.lines(
            Head.of(
                40,
                "P95 time to first token, by who measured it",
                "engine: from its own histogram, without the network and queues before it. gateway: from the request's arrival there, within 1 %. client: with the network; only where clients tell."),
            Query.series(
                "SELECT time, p95_s AS engine FROM "
                    + Ask.stepped("latency_stepped")
                    + "\nWHERE measure = 'ttft'\nORDER BY time"),
            Scale.of(Unit.SECONDS))
        .and(
            Query.series(
                    "SELECT time, p95_ttft_gateway_s AS gateway, p95_ttft_client_s AS client FROM "
                        + Ask.stepped("requests_stepped")
                        + "\nORDER BY time")
                .as("B"))
        .styled(
            SeriesStyle.solid("engine", Color.BLUE),
            SeriesStyle.solid("gateway", Color.ORANGE),
            SeriesStyle.solid("client", Color.PURPLE));
  }

  static Table byModel() {
    return Table.of(
        Head.of(
                51,
                "Engine latency by model and measure, over the time range",
                "n: observations in the histogram. Saturated: the percentile lies in the open last bucket; it is above the highest bound, by how much is not known.")
            .size(24, 8),
        Query.rows(
            "SELECT model, measure, p50_s, p95_s, p99_s, if(p99_s_saturated, 'P99 above last bound', '') AS saturated, n FROM "
                + Ask.whole("latency_stepped", "model")
                + "\nWHERE measure IN ('ttft', 'itl', 'e2e', 'queue')\nORDER BY model, measure\nLIMIT 400"),
        Column.text("model", "Model"),
        Column.text("measure", "Measure"),
        Column.number("p50_s", "P50", Scale.of(Unit.SECONDS)),
        Column.number("p95_s", "P95", Scale.of(Unit.SECONDS)).bars(),
        Column.number("p99_s", "P99", Scale.of(Unit.SECONDS)),
        Column.text("saturated", "Saturated"),
        Column.number("n", "n", Scale.of(Unit.COUNT)));
  }
}
