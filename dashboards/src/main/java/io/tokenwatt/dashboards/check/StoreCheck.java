package io.tokenwatt.dashboards.check;

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
import java.util.function.Predicate;

/**
 * Asks every question of a dashboard, as Grafana does.
 *
 * @param from start of the time range
 * @param to its end
 * @param chosen values of variables; those not named are All
 */
public record StoreCheck(
    Engine engine, Instant from, Instant to, Map<String, List<String>> chosen) {
  private static final int POINTS = 200;

  /** In the order of {@link Question#of}. */
  public List<Finding> of(Dashboard dashboard) {
    return of(dashboard, question -> true);
  }

  /** As {@link #of(Dashboard)}, some questions alone. */
  public List<Finding> of(Dashboard dashboard, Predicate<Question> some) {
    Map<String, Choice> choices = new TreeMap<>();
    for (Variable variable : dashboard.variables()) {
      List<String> values = chosen.getOrDefault(variable.name(), List.of());
      choices.put(variable.name(), new Choice(values, Variable.ALL, List.of()));
    }
    Variables variables = new Variables(choices);
    return Question.of(dashboard).stream()
        .filter(some)
        .map(question -> ask(question, variables))
        .toList();
  }

  private Finding ask(Question question, Variables variables) {
    long range = to.toEpochMilli() - from.toEpochMilli();
    long interval = Interval.of(range, POINTS, question.intervalMs());
    try {
      String sql = new Macros(from, to, interval).expand(variables.replace(question.sql()));
      Answer answer = engine.ask(sql);
      return new Finding(
          question,
          answer.rows().size(),
          known(question, answer),
          answer.engineMs(),
          Shapes.problems(question, answer));
    } catch (CheckException | IllegalArgumentException e) {
      return new Finding(question, 0, 0, 0, List.of(String.valueOf(e.getMessage())));
    }
  }

  private static long known(Question question, Answer answer) {
    boolean texts = question.kind() != Question.Kind.SERIES;
    long known = 0;
    for (var row : answer.rows()) {
      for (int i = 0; i < row.size(); i++) {
        boolean value = answer.columns().get(i).isNumber() || texts;
        known += value && !row.get(i).isNull() ? 1 : 0;
      }
    }
    return known;
  }
}
