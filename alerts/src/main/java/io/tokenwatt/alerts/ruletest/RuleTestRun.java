package io.tokenwatt.alerts.ruletest;

import io.tokenwatt.alerts.Evaluator;
import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Runs tests one after the other against one scratch database. Not thread-safe. */
public final class RuleTestRun implements AutoCloseable {
  /** Recent enough for the retention of the tables, and a whole day, so that windows lie alike. */
  private static final Duration AGO = Duration.ofDays(8);

  private final Scratch scratch;
  private final Evaluator evaluator;
  private final Map<String, Rule> rules = new LinkedHashMap<>();
  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(AGO); // rows in it are data, not timing

  public RuleTestRun(Scratch scratch, List<Rule> rules) {
    this.scratch = scratch;
    this.evaluator = new Evaluator(scratch.config());
    rules.forEach(rule -> this.rules.put(rule.name(), rule));
  }

  /** Told of each evaluation while its rows are there. */
  public interface Watcher {
    void evaluated(Rule rule, List<Sample> samples, Instant at);
  }

  /**
   * @return what is not as expected, one sentence each; none = the test passes
   * @throws io.tokenwatt.storage.StoreException if ClickHouse refuses the rows or the rule's SQL
   */
  public List<String> run(RuleTest test) {
    return run(test, (rule, samples, at) -> {});
  }

  /** As {@link #run(RuleTest)}, with somebody who looks on. */
  public List<String> run(RuleTest test, Watcher watcher) {
    Rule rule = rules.get(test.rule());
    if (rule == null) {
      return List.of("there is no rule " + test.rule());
    }
    scratch.clear();
    Timeline timeline = new Timeline(rule);
    List<TimedRow> waiting = new ArrayList<>(test.rows());
    waiting.sort(Comparator.comparing(TimedRow::visible));
    for (Duration at = test.first(); at.compareTo(test.until()) <= 0; at = at.plus(test.every())) {
      Duration now = at;
      List<TimedRow> visible =
          waiting.stream().takeWhile(row -> row.visible().compareTo(now) <= 0).toList();
      scratch.insert(visible, start);
      waiting.subList(0, visible.size()).clear();
      List<Sample> samples = evaluator.samples(rule, start.plus(now));
      timeline.evaluated(samples, start.plus(now));
      watcher.evaluated(rule, samples, start.plus(now));
    }
    return differences(test, timeline);
  }

  private List<String> differences(RuleTest test, Timeline timeline) {
    List<String> wrong = new ArrayList<>();
    List<Timeline.Fired> unexpected = new ArrayList<>(timeline.fired());
    for (ExpectedAlert expected : test.alerts()) {
      if (!unexpected.removeIf(fired -> matches(expected, fired))) {
        wrong.add("expected " + text(expected));
      }
    }
    unexpected.forEach(fired -> wrong.add("got " + text(fired)));
    return wrong;
  }

  private boolean matches(ExpectedAlert expected, Timeline.Fired fired) {
    Instant resolves = expected.resolves().map(start::plus).orElse(null);
    return expected.labels().equals(fired.first().labels())
        && start.plus(expected.fires()).equals(fired.at())
        && Objects.equals(resolves, fired.resolved())
        && (expected.value().isEmpty()
            || close(expected.value().getAsDouble(), fired.first().value()))
        && expected.details().entrySet().stream()
            .allMatch(
                e ->
                    Scratch.at(e.getValue(), start)
                        .equals(fired.first().details().get(e.getKey())));
  }

  /** Four digits, as people are shown. */
  private static boolean close(double expected, double value) {
    return Math.abs(expected - value) <= 5e-4 * Math.max(Math.abs(expected), 1e-9);
  }

  private static String text(ExpectedAlert alert) {
    return "%s from %s to %s, value %s, details %s"
        .formatted(
            new TreeMap<>(alert.labels()),
            minutes(alert.fires()),
            alert.resolves().map(RuleTestRun::minutes).orElse("the end"),
            alert.value().isPresent() ? alert.value().getAsDouble() : "any",
            alert.details());
  }

  private String text(Timeline.Fired fired) {
    Duration resolved = fired.resolved() == null ? null : Duration.between(start, fired.resolved());
    return "%s from %s to %s, value %s, details %s"
        .formatted(
            new TreeMap<>(fired.first().labels()),
            minutes(Duration.between(start, fired.at())),
            resolved == null ? "the end" : minutes(resolved),
            fired.first().value(),
            fired.first().details());
  }

  private static String minutes(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
  }

  @Override
  public void close() {
    evaluator.close();
  }
}
