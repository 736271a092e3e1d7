package io.tokenwatt.jobs.attribution;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Splits an integer by weights so that the parts add up exactly: largest remainder (Hamilton), ties
 * to the earlier part. Source: M. Balinski, H. P. Young, Fair Representation, 1982, chapter 3.
 */
public final class Apportionment {
  private Apportionment() {}

  /**
   * @param amount &ge; 0
   * @param weights &ge; 0 and not all empty; all zero counts as all equal
   */
  public static long[] split(long amount, long[] weights) {
    if (weights.length == 1) {
      return new long[] {amount};
    }
    long total = Arrays.stream(weights).sum();
    long[] used = weights;
    if (total == 0) {
      used = new long[weights.length];
      Arrays.fill(used, 1);
      total = weights.length;
    }
    return largestRemainder(amount, used, total);
  }

  private static long[] largestRemainder(long amount, long[] weights, long total) {
    int n = weights.length;
    long[] parts = new long[n];
    long[] remainders = new long[n];
    long left = amount;
    BigInteger whole = BigInteger.valueOf(total);
    for (int i = 0; i < n; i++) {
      BigInteger[] division =
          BigInteger.valueOf(amount)
              .multiply(BigInteger.valueOf(weights[i]))
              .divideAndRemainder(whole);
      parts[i] = division[0].longValueExact();
      remainders[i] = division[1].longValueExact();
      left -= parts[i];
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingLong((Integer i) -> -remainders[i]).thenComparing(i -> i))
            .mapToInt(Integer::intValue)
            .toArray();
    for (int i = 0; i < left; i++) {
      parts[order[i]]++;
    }
    return parts;
  }
}
