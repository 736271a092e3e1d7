package io.tokenwatt.alerts.incident;

import io.tokenwatt.alerts.Rule;
import io.tokenwatt.alerts.Sample;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What one successful evaluation makes of a rule's incidents. Pure. */
public final class Judge {
  private Judge() {}

  /**
   * Incidents as they are after it, new ones and those that are over included; those that stay as
   * they were are left out. Of rows with the same labels the worst counts. An evaluation that
   * failed is not judged at all: everything stays as it was.
   *
   * @param open the rule's open incidents
   * @param receivers who is told of new ones
   */
  public static List<Incident> judge(
      Rule rule, List<Sample> rows, Collection<Incident> open, List<String> receivers, Instant at) {
    Map<String, Sample> byKey = new LinkedHashMap<>();
    rows.forEach(row -> byKey.merge(row.dedupKey(), row, (a, b) -> rank(b) < rank(a) ? b : a));
    List<Incident> after = new ArrayList<>();
    for (Incident incident : open) {
      Incident next = next(rule, incident, byKey.remove(incident.key()), at);
      if (!next.equals(incident)) {
        after.add(next);
      }
    }
    byKey.values().stream()
        .filter(row -> row.reading() == Reading.BAD)
        .forEach(row -> after.add(Incident.first(row, receivers, at)));
    return after;
  }

  private static Incident next(Rule rule, Incident incident, Sample row, Instant at) {
    Reading reading = row == null ? Reading.MISSING : row.reading();
    AlertState next = incident.state().next(rule.timing(), reading, at);
    return reading == Reading.BAD ? incident.bad(row, next) : incident.in(next, at);
  }

  /** Bad before unknown before good, in the order in which they keep an incident open. */
  private static int rank(Sample row) {
    return switch (row.reading()) {
      case BAD -> 0;
      case UNKNOWN -> 1;
      case GOOD, MISSING -> 2;
    };
  }
}
