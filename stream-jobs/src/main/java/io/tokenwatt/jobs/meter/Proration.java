package io.tokenwatt.jobs.meter;

import io.tokenwatt.model.Window;
import java.math.BigInteger;

/**
 * Spreads a counter's growth over the 10 s windows that its interval touches. The cumulative value
 * is interpolated linearly at each window edge, rounded half up, and differenced, so that the parts
 * always add up to the delta.
 */
public final class Proration {
  private Proration() {}

  /** Receives one part per touched window, in time order. */
  @FunctionalInterface
  public interface Parts {
    void part(long windowStartMs, long fromMs, long toMs, long amount);
  }

  /**
   * What of {@code delta} was counted before {@code edgeMs}, if it grew evenly over (fromMs, toMs].
   *
   * @param delta &ge; 0
   * @param edgeMs within [fromMs, toMs]; at toMs the answer is delta exactly
   */
  public static long upTo(long delta, long fromMs, long toMs, long edgeMs) {
    long span = toMs - fromMs;
    long part = edgeMs - fromMs;
    if (part >= span) {
      return delta;
    }
    if (Math.multiplyHigh(2 * delta, part) != 0 || 2 * delta * part < 0) {
      BigInteger twice = BigInteger.valueOf(2 * delta).multiply(BigInteger.valueOf(part));
      return twice
          .add(BigInteger.valueOf(span))
          .divide(BigInteger.valueOf(2 * span))
          .longValueExact();
    }
    return (2 * delta * part + span) / (2 * span);
  }

  /** Calls {@code parts} for each window touched by the non-empty interval (fromMs, toMs]. */
  public static void perWindow(long delta, long fromMs, long toMs, Parts parts) {
    slice(delta, fromMs, toMs, fromMs, toMs, parts);
  }

  /**
   * The same for the slice (sliceFromMs, sliceToMs] of the interval: slices that follow each other
   * add up to the whole, whatever the cuts.
   */
  public static void slice(
      long delta, long fromMs, long toMs, long sliceFromMs, long sliceToMs, Parts parts) {
    long at = sliceFromMs;
    long counted = upTo(delta, fromMs, toMs, at);
    while (at < sliceToMs) {
      long edge = Math.min(Window.endOf(at), sliceToMs);
      long reached = upTo(delta, fromMs, toMs, edge);
      parts.part(Window.startOf(at), at, edge, reached - counted);
      counted = reached;
      at = edge;
    }
  }
}
