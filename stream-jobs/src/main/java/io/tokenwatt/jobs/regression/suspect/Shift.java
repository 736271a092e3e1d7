package io.tokenwatt.jobs.regression.suspect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One sign before and after the start, both as ratios of sums.
 *
 * @param sigma robust standard deviation of one stretch before the start: 1.4826 x median absolute
 *     deviation, at least what the sign's resolution is worth
 * @param spread highest minus lowest stretch since then, the one in which it changed left out
 * @param sinceMs the stretch with which it changed
 */
record Shift(
    double before,
    double after,
    double sigma,
    int stretchesBefore,
    int stretchesAfter,
    double spread,
    long sinceMs) {
  private static final int LOOK_BACK = 18;

  /** Sums of one sign's parts. */
  interface Sums {
    double of(float[] sums);
  }

  /** Empty where one of the sides was not observed. */
  static Optional<Shift> of(
      List<Trail.Stretch> before, List<Trail.Stretch> after, double least, Sums sign) {
    List<Trail.Stretch> b = observed(before, sign);
    List<Trail.Stretch> a = observed(after, sign);
    if (b.isEmpty() || a.isEmpty()) {
      return Optional.empty();
    }
    double was = sign.of(total(b));
    double is = sign.of(total(a));
    double sigma = Math.max(deviation(b, sign), Math.max(least, 0.002 * Math.abs(was)));
    long since = since(b, a, sign);
    return Optional.of(
        new Shift(was, is, sigma, b.size(), a.size(), spread(a, since, sign), since));
  }

  /** Change in standard errors; windows are taken for half as many as they are: they correlate. */
  double z() {
    return (after - before)
        / (sigma * Math.sqrt(2.0 / stretchesBefore + 2.0 / Math.max(1, stretchesAfter)));
  }

  double change() {
    return after - before;
  }

  /** Relative change; 0 where it was 0. */
  double relative() {
    return before == 0 ? 0 : after / before - 1;
  }

  boolean fell(double share) {
    return relative() <= -share && z() <= -3;
  }

  boolean rose(double share) {
    return (relative() >= share || (before == 0 && after > 0)) && z() >= 3;
  }

  boolean roseBy(double amount) {
    return change() >= amount && z() >= 2;
  }

  /** NaN where but one stretch is wholly after the change. */
  private static double spread(List<Trail.Stretch> after, long sinceMs, Sums sign) {
    double[] settled =
        after.stream()
            .filter(s -> s.startMs() > sinceMs)
            .mapToDouble(value(sign))
            .sorted()
            .toArray();
    return settled.length < 2 ? Double.NaN : settled[settled.length - 1] - settled[0];
  }

  /**
   * The step that fits best by least squares, at most some minutes before the start: the split with
   * the largest sum of squares between its sides.
   */
  private static long since(List<Trail.Stretch> before, List<Trail.Stretch> after, Sums sign) {
    List<Trail.Stretch> all =
        new ArrayList<>(before.subList(Math.max(0, before.size() - LOOK_BACK), before.size()));
    all.addAll(after);
    double total = all.stream().mapToDouble(value(sign)).sum();
    double left = 0;
    double most = -1;
    long since = after.get(0).startMs();
    for (int i = 1; i < all.size(); i++) {
      left += sign.of(all.get(i - 1).sums());
      int rest = all.size() - i;
      double apart = left / i - (total - left) / rest;
      double between = apart * apart * i * rest;
      if (between > most) {
        most = between;
        since = all.get(i).startMs();
      }
    }
    return since;
  }

  private static List<Trail.Stretch> observed(List<Trail.Stretch> stretches, Sums sign) {
    return stretches.stream().filter(s -> !Double.isNaN(sign.of(s.sums()))).toList();
  }

  private static float[] total(List<Trail.Stretch> stretches) {
    float[] sum = new float[stretches.get(0).sums().length];
    for (Trail.Stretch stretch : stretches) {
      for (int i = 0; i < sum.length; i++) {
        sum[i] += stretch.sums()[i];
      }
    }
    return sum;
  }

  private static double deviation(List<Trail.Stretch> stretches, Sums sign) {
    double middle = median(stretches.stream().mapToDouble(value(sign)).sorted().toArray());
    return 1.4826
        * median(
            stretches.stream()
                .mapToDouble(value(sign))
                .map(v -> Math.abs(v - middle))
                .sorted()
                .toArray());
  }

  static double median(double[] sorted) {
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static ToDoubleFunction<Trail.Stretch> value(Sums sign) {
    return stretch -> sign.of(stretch.sums());
  }
}
