package io.tokenwatt.storage.backfill;

/**
 * Epochs of row versions: live jobs have those below {@link #FIRST}, backfills those from it on,
 * each a higher one than the backfill before. Rollups add versions up: 360 windows of an hour times
 * the last epoch x 2^40 still fit 64 bits.
 */
public final class BackfillEpoch {
  public static final int FIRST = 1 << 14;
  public static final int LAST = (1 << 15) - 1;
  private static final int VERSION_BITS = 40;

  private BackfillEpoch() {}

  /** Lowest version of rows of that epoch. */
  public static long version(int epoch) {
    return (long) epoch << VERSION_BITS;
  }
}
