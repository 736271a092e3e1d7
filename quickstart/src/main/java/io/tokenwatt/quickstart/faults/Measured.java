package io.tokenwatt.quickstart.faults;

import java.util.List;

/**
 * How a run came through.
 *
 * @param outageS from the fault until everything was up again
 * @param recoveryS from then until a checkpoint covered more than before; null where it went on all
 *     the while
 * @param rate records a second from then to the last one stored; a lower bound where the log was
 *     still being published; null = there were none left
 */
record Measured(double outageS, Double recoveryS, Double rate) {

  static Measured of(List<Progress.Seen> seen, long struckNanos, long rightNanos) {
    double outage = (rightNanos - struckNanos) / 1e9;
    long before =
        seen.stream()
            .filter(s -> s.atNanos() <= rightNanos)
            .mapToLong(Progress.Seen::records)
            .max()
            .orElse(0);
    Progress.Seen first =
        seen.stream()
            .filter(s -> s.atNanos() > rightNanos && s.records() > before)
            .findFirst()
            .orElse(null);
    if (first == null) {
      return new Measured(outage, null, null);
    }
    long all = seen.get(seen.size() - 1).records();
    Progress.Seen last = seen.stream().filter(s -> s.records() == all).findFirst().orElseThrow();
    double recovery = (first.atNanos() - rightNanos) / 1e9;
    double lasted = (last.atNanos() - rightNanos) / 1e9;
    return new Measured(outage, recovery, (all - before) / lasted);
  }
}
