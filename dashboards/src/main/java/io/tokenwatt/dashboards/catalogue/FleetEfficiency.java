package io.tokenwatt.dashboards.catalogue;

import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.dashboards.source.Head;
import io.tokenwatt.dashboards.source.Query;
import io.tokenwatt.dashboards.source.Row;
import io.tokenwatt.dashboards.source.Scale;
import io.tokenwatt.dashboards.source.Stat;
import io.tokenwatt.dashboards.source.TimeSeries;
import io.tokenwatt.dashboards.source.Unit;
import java.util.List;

/** The first page: is the fleet well, what is not, since when. */
final class FleetEfficiency {
  private FleetEfficiency() {}

  static Dashboard dashboard() {
    return new Dashboard(
        Uids.FLEET,
        "Tokenwatt: fleet efficiency",
        "What the fleet makes of its power and money, what got worse, and where to look next.",
        "now-6h",
        Common.VARIABLES,
        Common.ANNOTATIONS,
        List.of(
            Row.open(
                100,
                "Verdict over the time range",
                new Stat(
                    Head.of(1, "Output tokens per joule", "Σ output tokens ÷ Σ GPU joules.")
                        .size(4, 4),
                    Query.rows(
                        "SELECT output_tokens_per_joule FROM " + Ask.whole("efficiency_stepped")),
                    Scale.of(Unit.TOKENS_PER_JOULE, 2))),
            Row.open(
                200,
                "Trends",
                TimeSeries.lines(
                    Head.of(20, "Output tokens per joule, by hardware", "Ratio of sums."),
                    Query.series(
                        "SELECT time, hardware, output_tokens_per_joule FROM "
                            + Ask.stepped("efficiency_stepped", "hardware")
                            + "\nORDER BY time, hardware"),
                    Scale.of(Unit.TOKENS_PER_JOULE),
                    "hardware"))));
  }
}
