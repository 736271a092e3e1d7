package io.tokenwatt.jobs.regression.suspect;

import io.tokenwatt.jobs.regression.Series;

/**
 * Something that is other than before, at one place: seen in rows or told as an event.
 *
 * @param atMs since when, Unix ms; of what rows show, the start of the first window that shows it
 * @param region "" = all; so are the next three
 * @param place a board or an engine of the node; "" = the node
 * @param from "" = unknown
 */
public record Change(
    long atMs,
    What what,
    String region,
    String workload,
    String hardware,
    String node,
    String place,
    String from,
    String to) {

  /** What changed. */
  public enum What {
    DRIVER,
    ENGINE_VERSION,
    /** A deployment key, an option, or an event that says so. */
    DEPLOYMENT,
    /** Started again, as it was before as far as is known. */
    RESTART,
    POWER_LIMIT,
    MAINTENANCE,
    /** Workloads on a board. */
    TENANTS,
    /** A new XID on a board. */
    XID
  }

  /** Whether it may touch what the series runs on. */
  boolean concerns(Series series) {
    return isOrAll(region, series.region())
        && isOrAll(workload, series.workload())
        && isOrAll(hardware, series.hardware());
  }

  private static boolean isOrAll(String name, String wanted) {
    return name.isEmpty() || name.equals(wanted);
  }

  /** From what to what. */
  String words() {
    return from.isEmpty() ? to : from + " → " + to;
  }
}
