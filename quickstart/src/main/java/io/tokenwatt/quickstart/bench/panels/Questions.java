package io.tokenwatt.quickstart.bench.panels;

import io.tokenwatt.dashboards.catalogue.Dashboards;
import io.tokenwatt.dashboards.check.Question;
import io.tokenwatt.dashboards.expand.Choice;
import io.tokenwatt.dashboards.expand.Interval;
import io.tokenwatt.dashboards.expand.Macros;
import io.tokenwatt.dashboards.expand.Variables;
import io.tokenwatt.dashboards.source.Dashboard;
import io.tokenwatt.dashboards.source.Variable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What all panels ask, as Grafana would send it; before them the same question without views. */
final class Questions {
  private static final int POINTS = 200;

  private final Instant now;

  Questions(Instant now) {
    this.now = now;
  }

  List<PanelQuery> of(PanelScope scope) {
    return Stream.concat(
            Stream.of(floor(scope)), Dashboards.all().stream().flatMap(d -> panels(d, scope)))
        .toList();
  }

  private Stream<PanelQuery> panels(Dashboard dashboard, PanelScope scope) {
    Map<String, Choice> choices = new TreeMap<>();
    for (Variable variable : dashboard.variables()) {
      choices.put(
          variable.name(), new Choice(scope.chosen(variable.name()), Variable.ALL, List.of()));
    }
    Variables variables = new Variables(choices);
    Instant from = now.minusSeconds(scope.seconds());
    return Question.of(dashboard).stream()
        .filter(question -> question.panel().isPresent())
        .map(
            question -> {
              long interval = Interval.of(scope.seconds() * 1000L, POINTS, question.intervalMs());
              Macros macros = new Macros(from, now, interval);
              return new PanelQuery(
                  question.where(), scope, macros.expand(variables.replace(question.sql())));
            });
  }

  /** What the tables themselves need: tokens per joule over time from one of them, by no view. */
  private PanelQuery floor(PanelScope scope) {
    boolean key = scope == PanelScope.ONE_KEY;
    return new PanelQuery(
        "(no view) tokens per joule",
        scope,
        """
        SELECT window_start AS time, sum(output_tokens_metered) * 1000 / nullIf(sum(gpu_mj_metered), 0)
        FROM efficiency_%s FINAL
        WHERE window_start >= toDateTime(%d)%s
        GROUP BY time ORDER BY time"""
            .formatted(
                key ? "1m" : "1h",
                now.getEpochSecond() - scope.seconds(),
                key
                    ? " AND region = '%s' AND hardware = '%s' AND model = '%s'"
                        .formatted(PanelScope.REGION, PanelScope.HARDWARE, PanelScope.MODEL)
                    : ""));
  }
}
