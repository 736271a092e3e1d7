package io.tokenwatt.collectors.exposition;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.Random;

/**
 * Numbers as text: everyday ones, random bits, long ones, and those halfway between two doubles.
 */
final class NumberText {

  private NumberText() {}

  static String next(Random random) {
    double any = Double.longBitsToDouble(random.nextLong());
    double finite = Double.isFinite(any) ? any : random.nextDouble();
    return switch (random.nextInt(8)) {
      case 0 -> Double.toString(finite);
      case 1 -> String.format(Locale.ROOT, "%.6f", random.nextGaussian() * 1e6);
      case 2 -> Long.toString(random.nextLong() >> random.nextInt(63));
      case 3 -> String.format(Locale.ROOT, "%." + random.nextInt(25) + "e", finite);
      case 4 -> digits(random) + "." + digits(random);
      case 5 -> digits(random) + "e" + (random.nextInt(700) - 350);
      case 6 -> halfway(Math.abs(finite));
      default -> Double.toString(random.nextDouble() * 1e4);
    };
  }

  private static String digits(Random random) {
    StringBuilder digits = new StringBuilder();
    for (int i = random.nextInt(24); i >= 0; i--) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  /** In the middle of a double and the next one, where rounding is decided by the last digit. */
  private static String halfway(double low) {
    double high = Math.nextUp(low);
    if (Double.isInfinite(high)) {
      return "1";
    }
    return new BigDecimal(low).add(new BigDecimal(high)).divide(BigDecimal.valueOf(2)).toString();
  }
}
