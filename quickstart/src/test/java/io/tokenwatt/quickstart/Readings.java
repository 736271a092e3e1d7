package io.tokenwatt.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * One cumulative counter as the agent published it, each reading tied to the scrape that the
 * simulated exporter answered: growth since the first reading, from 0 again after a restart.
 */
final class Readings {
  /**
   * @param observedMs event time of the sample
   * @param servedMs when the exporter answered
   * @param growth since the first reading, as the counter shows it
   */
  record Reading(long observedMs, long servedMs, long growth, boolean afterRestart) {}

  private final List<Reading> readings = new ArrayList<>();
  private long lastValue;

  void add(long observedMs, long servedMs, long value, boolean restarted) {
    long growth = 0;
    if (!readings.isEmpty()) {
      growth = readings.get(readings.size() - 1).growth() + (restarted ? value : value - lastValue);
    }
    lastValue = value;
    readings.add(new Reading(observedMs, servedMs, growth, restarted));
  }

  List<Reading> all() {
    return readings;
  }

  long growth() {
    return readings.get(readings.size() - 1).growth();
  }

  long firstMs() {
    return readings.get(0).observedMs();
  }

  boolean restarted() {
    return readings.stream().anyMatch(Reading::afterRestart);
  }

  /**
   * How far a reading can be from the truth at {@code edgeMs}: what the counter grew between the
   * last scrape before the edge and the first after it that shows a value read after the edge.
   * Empty where there is no such scrape, or the counter restarted between the two.
   *
   * @param periodMs how old the value that a scrape shows may be
   */
  OptionalLong slack(long edgeMs, long periodMs) {
    int before = -1;
    int after = -1;
    for (int i = 0; i < readings.size(); i++) {
      if (readings.get(i).servedMs() <= edgeMs) {
        before = i;
      } else if (after < 0 && readings.get(i).observedMs() > edgeMs + periodMs) {
        after = i;
      }
    }
    if (before < 0 || after < 0 || restartedIn(before, after)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(readings.get(after).growth() - readings.get(before).growth());
  }

  /** Whether the counter restarted between the scrapes around the two instants. */
  boolean restartedAround(long fromMs, long toMs) {
    for (int i = 1; i < readings.size(); i++) {
      if (readings.get(i).afterRestart()
          && readings.get(i - 1).observedMs() < toMs
          && readings.get(i).servedMs() > fromMs) {
        return true;
      }
    }
    return false;
  }

  private boolean restartedIn(int before, int after) {
    return readings.subList(before + 1, after + 1).stream().anyMatch(Reading::afterRestart);
  }
}
