package io.tokenwatt.dashboards.expand;

/**
 * The step that Grafana asks a panel's data in: the range by the number of points, rounded to a
 * value that people read (rangeutil.calculateInterval and roundInterval), not below the shortest
 * that the panel allows. Milliseconds.
 */
public final class Interval {
  /**
   * Each pair: below the first (exclusive), the second is taken. Of @grafana/data, roundInterval.
   */
  private static final long[][] ROUNDED = {
    {10, 1},
    {15, 10},
    {35, 20},
    {75, 50},
    {150, 100},
    {350, 200},
    {750, 500},
    {1_500, 1_000},
    {3_500, 2_000},
    {7_500, 5_000},
    {12_500, 10_000},
    {17_500, 15_000},
    {25_000, 20_000},
    {45_000, 30_000},
    {90_000, 60_000},
    {210_000, 120_000},
    {450_000, 300_000},
    {750_000, 600_000},
    {1_050_000, 900_000},
    {1_500_000, 1_200_000},
    {2_700_000, 1_800_000},
    {5_400_000, 3_600_000},
    {9_000_000, 7_200_000},
    {16_200_000, 10_800_000},
    {32_400_000, 21_600_000},
    {86_400_000, 43_200_000},
    {604_800_000, 86_400_000},
    {1_814_400_000L, 604_800_000},
    {3_628_800_000L, 2_592_000_000L}
  };

  private static final long YEAR = 31_536_000_000L;

  private Interval() {}

  public static long of(long rangeMs, int points, long shortestMs) {
    long raw = rangeMs / points;
    long rounded = YEAR;
    for (long[] pair : ROUNDED) {
      if (raw < pair[0]) {
        rounded = pair[1];
        break;
      }
    }
    return Math.max(rounded, shortestMs);
  }
}
