package io.tokenwatt.quickstart.bench.suspects;

import io.tokenwatt.jobs.regression.suspect.SuspectKind;
import io.tokenwatt.quickstart.bench.report.Section;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What was injected against what was named first. */
final class Confusion {
  private static final String FALSE_ALARM = "false alarm";

  /** Not a regression by the detector's standards; what would be named if somebody asked. */
  private static final String ASKED = "not detected, asked: ";

  private final Map<Cause, Map<String, Integer>> named = new EnumMap<>(Cause.class);

  void add(Cause cause, Trial.Result result) {
    String first = result.explanation().suspects().get(0).kind().key();
    String name = result.early() ? FALSE_ALARM : result.opened() == null ? ASKED + first : first;
    named.computeIfAbsent(cause, c -> new TreeMap<>()).merge(name, 1, Integer::sum);
  }

  /** Detected and named right. */
  int right(Cause cause) {
    return count(cause, cause.expected.key());
  }

  /** Named right, detected or asked. */
  int known(Cause cause) {
    return right(cause) + count(cause, ASKED + cause.expected.key());
  }

  int trials(Cause cause) {
    return named.getOrDefault(cause, Map.of()).values().stream().mapToInt(i -> i).sum();
  }

  int count(Cause cause, String name) {
    return named.getOrDefault(cause, Map.of()).getOrDefault(name, 0);
  }

  /** Kinds of which more than half of the trials were named right. */
  long kindsKnown() {
    return Cause.all().stream().filter(cause -> 2 * known(cause) > trials(cause)).count();
  }

  /** The same of those that the detector found by itself. */
  long kindsDetected() {
    return Cause.all().stream().filter(cause -> 2 * right(cause) > trials(cause)).count();
  }

  /** A row for each cause; what was named first, when it was opened or asked for. */
  Section section(long seed) {
    List<String> names = named();
    List<String> columns = new ArrayList<>(List.of("injected", "trials", "opened", "right"));
    columns.addAll(names);
    Section section =
        Section.of(
            "suspects", "Suspects: injected against named first", columns.toArray(String[]::new));
    named.forEach(
        (cause, counts) -> {
          List<Object> row = new ArrayList<>();
          row.add(cause == Cause.QUIET ? "nothing" : cause.expected.key());
          row.add(trials(cause));
          row.add(trials(cause) - asked(cause));
          row.add(known(cause));
          names.forEach(name -> row.add(count(cause, name) + count(cause, ASKED + name)));
          section.row(row.toArray());
        });
    return section
        .note(
            "seed %d; four nodes, eight boards; physics, exporters' text, agent, meter"
                .formatted(seed))
        .note(
            "opened: the detector found it within 150 s; where it did not, suspects were asked for")
        .note(
            "  the moment of the cause. %d of 12 kinds opened and named right in most trials"
                .formatted(kindsDetected()))
        .note("right, of nothing: named unknown. false alarm: opened before the cause");
  }

  private int asked(Cause cause) {
    return named.getOrDefault(cause, Map.of()).entrySet().stream()
        .filter(e -> e.getKey().startsWith(ASKED))
        .mapToInt(Map.Entry::getValue)
        .sum();
  }

  /** All that was named, in the order of kinds; unknown before false alarms, both last. */
  private List<String> named() {
    Set<String> names = new TreeSet<>();
    named.values().forEach(of -> of.keySet().forEach(n -> names.add(n.replace(ASKED, ""))));
    List<String> last = List.of(SuspectKind.UNKNOWN.key(), FALSE_ALARM);
    List<String> ordered = new ArrayList<>(names);
    ordered.removeAll(last);
    last.stream().filter(names::contains).forEach(ordered::add);
    return ordered;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    named.forEach(
        (cause, names) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-14s first in %d of %d  %s%n",
                    cause == Cause.QUIET ? "quiet" : cause.expected.key(),
                    known(cause),
                    trials(cause),
                    names)));
    return text.toString();
  }
}
