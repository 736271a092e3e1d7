package io.tokenwatt.jobs.meter;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Cumulative series that one process serves and that therefore restart together: if one falls, all
 * restarted, also those that have meanwhile passed their old value.
 */
public final class CounterFamily {
  private CounterFamily() {}

  /** Whether a reading shows that the process restarted since the last ones. */
  public static boolean restarted(Map<Integer, CounterState> states, Map<Integer, Long> readings) {
    return readings.entrySet().stream()
        .anyMatch(
            r -> {
              CounterState state = states.get(r.getKey());
              return state != null && r.getValue() < state.value;
            });
  }

  /**
   * Takes the readings of one scrape and answers each series' growth since its last one.
   *
   * @param countFromMs where a series first seen starts at zero (its process started after the
   *     node's previous sample); empty = its first reading is only a baseline
   */
  public static Map<Integer, Increment> advance(
      Map<Integer, CounterState> states,
      Map<Integer, Long> readings,
      long atMs,
      boolean restarted,
      OptionalLong countFromMs) {
    Map<Integer, Increment> increments = new TreeMap<>();
    readings.forEach(
        (metric, value) -> {
          CounterState state = states.get(metric);
          if (state == null) {
            countFromMs.ifPresent(
                from -> increments.put(metric, new Increment(from, atMs, value, false)));
            states.put(metric, new CounterState(value, atMs));
            return;
          }
          long amount = restarted ? value : value - state.value;
          increments.put(metric, new Increment(state.readMs, atMs, amount, restarted));
          state.value = value;
          state.readMs = atMs;
        });
    return increments;
  }
}
