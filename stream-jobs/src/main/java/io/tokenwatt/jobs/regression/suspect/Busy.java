package io.tokenwatt.jobs.regression.suspect;

import java.util.List;

/**
 * Stretches in which a board worked as usual: the clock of a board without work says nothing, and a
 * process that starts again leaves it without. Where activity is not read, all count.
 */
final class Busy {
  private static final double AS_USUAL = 0.7;

  private Busy() {}

  static List<Trail.Stretch> of(List<Trail.Stretch> stretches) {
    double usual = usual(stretches);
    return stretches.stream().filter(s -> !isIdle(s, usual)).toList();
  }

  /** From the second one on after the last in which it did not work as before. */
  static List<Trail.Stretch> since(List<Trail.Stretch> before, List<Trail.Stretch> after) {
    double usual = usual(before);
    int from = 0;
    for (int i = 0; i < after.size(); i++) {
      from = isIdle(after.get(i), usual) ? i + 2 : from;
    }
    return after.subList(Math.min(from, after.size()), after.size());
  }

  private static boolean isIdle(Trail.Stretch stretch, double usual) {
    return BoardSign.BUSY.of(stretch.sums()) < AS_USUAL * usual;
  }

  private static double usual(List<Trail.Stretch> stretches) {
    double[] busy =
        stretches.stream()
            .mapToDouble(s -> BoardSign.BUSY.of(s.sums()))
            .filter(share -> !Double.isNaN(share))
            .sorted()
            .toArray();
    return busy.length == 0 ? 0 : Shift.median(busy);
  }
}
