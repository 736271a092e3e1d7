package io.tokenwatt.quickstart.bench.report;

import java.util.Arrays;
import java.util.Collection;

/**
 * What the rounds of one measurement gave.
 *
 * @param median of an even number of rounds the mean of the two in the middle
 */
public record Spread(double median, double min, double max, int rounds) {

  /**
   * @throws IllegalArgumentException if there is no round
   */
  public static Spread of(Collection<Double> rounds) {
    double[] sorted = rounds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("no round was measured");
    }
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
  }

  public static Spread of(double... rounds) {
    return of(Arrays.stream(rounds).boxed().toList());
  }

  String text(String unit) {
    String middle = TextTable.cell(median) + (unit.isEmpty() ? "" : " " + unit);
    return rounds == 1
        ? middle
        : middle + " [" + TextTable.cell(min) + " … " + TextTable.cell(max) + "]";
  }
}
