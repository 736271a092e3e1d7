package io.tokenwatt.quickstart.suspects;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What was injected against what was named first. */
final class Confusion {
  /** Not a regression by the detector's standards; what would be named if somebody asked. */
  private static final String ASKED = "not detected, asked: ";

  private final Map<Cause, Map<String, Integer>> named = new EnumMap<>(Cause.class);

  void add(Cause cause, Trial.Result result) {
    String first = result.explanation().suspects().get(0).kind().key();
    String name = result.early() ? "false alarm" : result.opened() == null ? ASKED + first : first;
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
