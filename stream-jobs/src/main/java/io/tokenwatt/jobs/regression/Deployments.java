package io.tokenwatt.jobs.regression;

import java.util.List;
import java.util.SortedSet;

/** Which deployment of a series came last. Several may run at once while one replaces another. */
final class Deployments {
  static final int MOST = 16;

  private Deployments() {}

  static void see(List<String> known, SortedSet<String> now) {
    for (String deployment : now) {
      if (!deployment.isEmpty() && !known.contains(deployment)) {
        known.add(deployment);
      }
    }
    while (known.size() > MOST) {
      known.remove(oldestAbsent(known, now));
    }
  }

  private static int oldestAbsent(List<String> known, SortedSet<String> now) {
    for (int i = 0; i < known.size(); i++) {
      if (!now.contains(known.get(i))) {
        return i;
      }
    }
    return 0;
  }

  /** The one first seen last among those that run, else the newest known; "" = none is named. */
  static String newest(List<String> known, SortedSet<String> now) {
    for (int i = known.size() - 1; i >= 0; i--) {
      if (now.contains(known.get(i))) {
        return known.get(i);
      }
    }
    return known.isEmpty() ? "" : known.get(known.size() - 1);
  }
}
