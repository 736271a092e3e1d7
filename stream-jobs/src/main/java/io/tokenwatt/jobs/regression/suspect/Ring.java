package io.tokenwatt.jobs.regression.suspect;

import java.util.Arrays;

/**
 * Sums of equally long stretches of time, the newest {@link #slots} of them. A Flink POJO; not
 * thread-safe.
 */
public final class Ring {
  public long widthMs;
  public int slots;
  public int columns;

  /** Start of the stretch in each slot; {@link #EMPTY} = none. */
  public long[] starts = {};

  public long[] versions = {};
  public float[] sums = {};

  static final long EMPTY = Long.MIN_VALUE;

  static Ring of(long widthMs, int slots, int columns) {
    Ring ring = new Ring();
    ring.widthMs = widthMs;
    ring.slots = slots;
    ring.columns = columns;
    return ring;
  }

  /**
   * Puts a stretch, or its newer version in place of the older one.
   *
   * @param older takes what has to make room; null = it is forgotten
   */
  void put(long startMs, long version, float[] values, Ring older) {
    int slot = slotFor(startMs, older);
    if (slot >= 0 && (starts[slot] == EMPTY || version >= versions[slot])) {
      starts[slot] = startMs;
      versions[slot] = version;
      System.arraycopy(values, 0, sums, slot * columns, columns);
    }
  }

  /** Adds to the stretch that holds {@code atMs}. */
  void add(long atMs, float[] values, Ring older) {
    long startMs = Math.floorDiv(atMs, widthMs) * widthMs;
    int slot = slotFor(startMs, older);
    if (slot >= 0) {
      starts[slot] = startMs;
      for (int i = 0; i < columns; i++) {
        sums[slot * columns + i] += values[i];
      }
    }
  }

  /** Its slot, empty or of the same start; -1 = the ring is past it. */
  private int slotFor(long startMs, Ring older) {
    if (starts.length == 0) {
      starts = new long[slots];
      versions = new long[slots];
      sums = new float[slots * columns];
      Arrays.fill(starts, EMPTY);
    }
    int slot = (int) Math.floorMod(Math.floorDiv(startMs, widthMs), (long) slots);
    if (starts[slot] > startMs) {
      return -1;
    }
    if (starts[slot] != EMPTY && starts[slot] < startMs) {
      if (older != null) {
        older.add(starts[slot], values(slot), null);
      }
      starts[slot] = EMPTY;
      Arrays.fill(sums, slot * columns, (slot + 1) * columns, 0);
    }
    return slot;
  }

  /** A copy of the slot's sums. */
  float[] values(int slot) {
    return Arrays.copyOfRange(sums, slot * columns, (slot + 1) * columns);
  }
}
