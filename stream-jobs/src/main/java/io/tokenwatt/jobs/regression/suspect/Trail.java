package io.tokenwatt.jobs.regression.suspect;

import java.util.ArrayList;
import java.util.List;

/**
 * What one board or one engine showed lately: 6 minutes window by window, 90 minutes in stretches
 * of two minutes, 8 days in stretches of four hours. A Flink POJO; not thread-safe.
 */
public final class Trail {
  private static final int FINE = 36;
  private static final int COARSE = 45;
  private static final int SLOW = 48;

  public String node = "";
  public String name = "";
  public int index;
  public String hardware = "";
  public String driver = "";
  public String workload = "";
  public String deployment = "";
  public long xidLast;

  /** Start of the newest window seen. */
  public long seenMs = Long.MIN_VALUE;

  public Ring fine;
  public Ring coarse;
  public Ring slow;

  /** One stretch of time and its sums. */
  record Stretch(long startMs, long endMs, float[] sums) {}

  static Trail of(long windowMs, int columns) {
    Trail trail = new Trail();
    trail.fine = Ring.of(windowMs, FINE, columns);
    trail.coarse = Ring.of(120_000, COARSE, columns);
    trail.slow = Ring.of(4 * 3_600_000L, SLOW, columns);
    return trail;
  }

  void put(long startMs, long version, float[] sums) {
    // What leaves the fine ring is counted in both others, each of which forgets by itself.
    Ring leaving = Ring.of(fine.widthMs, 1, fine.columns);
    fine.put(startMs, version, sums, leaving);
    if (leaving.starts.length > 0) {
      coarse.add(leaving.starts[0], leaving.values(0), null);
      slow.add(leaving.starts[0], leaving.values(0), null);
    }
    seenMs = Math.max(seenMs, startMs);
  }

  /** Stretches that end at or before {@code untilMs}, finest first known, at most {@code most}. */
  List<Stretch> before(long untilMs, int most) {
    List<Stretch> found = between(fine, Long.MIN_VALUE, untilMs);
    if (found.size() < most / 3) {
      List<Stretch> wide = between(coarse, Long.MIN_VALUE, untilMs);
      found = wide.size() + found.size() >= 2 ? join(wide, found) : found;
    }
    if (found.size() < 2) {
      found = join(between(slow, Long.MIN_VALUE, untilMs), found);
    }
    return found.subList(Math.max(0, found.size() - most), found.size());
  }

  /** The windows since {@code fromMs} that end at or before {@code nowMs}; the newest ones only. */
  List<Stretch> after(long fromMs, long nowMs) {
    return between(fine, fromMs, nowMs);
  }

  private static List<Stretch> join(List<Stretch> first, List<Stretch> second) {
    List<Stretch> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  private static List<Stretch> between(Ring ring, long fromMs, long untilMs) {
    List<Stretch> found = new ArrayList<>();
    for (int i = 0; i < ring.starts.length; i++) {
      long start = ring.starts[i];
      if (start != Ring.EMPTY && start >= fromMs && start + ring.widthMs <= untilMs) {
        found.add(new Stretch(start, start + ring.widthMs, ring.values(i)));
      }
    }
    found.sort((a, b) -> Long.compare(a.startMs, b.startMs));
    return found;
  }
}
