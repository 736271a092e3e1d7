package io.tokenwatt.jobs.attribution;

import io.tokenwatt.model.Window;
import java.util.List;

/**
 * Who holds a board over an interval. The shares always cover the whole board, so that energy is
 * conserved.
 *
 * @param shares at least one, in a fixed order
 * @param flags OR of {@link io.tokenwatt.model.Quality#bit()} that the way of sharing brings
 * @param method how the shares were found: exclusive, assumed, mig_activity, mig_size, equal,
 *     unallocated, unattributed, process_util, tokens
 */
public record Allocation(List<Share> shares, int flags, String method) {

  /**
   * Splits the time (fromMs, toMs] of one window. The parts add up to it, and do so too when the
   * time is cut differently: cumulative parts are taken from the window's start, so observed and
   * expected time never differ by rounding.
   */
  public long[] splitTime(long fromMs, long toMs) {
    long start = Window.startOf(fromMs);
    long[] parts = new long[shares.size()];
    long total = 0;
    for (Share share : shares) {
      total += share.timeWeight();
    }
    long weight = 0;
    long before = 0;
    for (int i = 0; i < parts.length; i++) {
      weight += shares.get(i).timeWeight();
      long reached = (toMs - start) * weight / total - (fromMs - start) * weight / total;
      parts[i] = reached - before;
      before = reached;
    }
    return parts;
  }

  /** Splits any amount as time is split; the parts add up to {@code amount}. */
  public long[] splitLikeTime(long amount) {
    return Apportionment.split(amount, shares.stream().mapToLong(Share::timeWeight).toArray());
  }

  /** Splits energy; the parts add up to {@code amount}. */
  public long[] splitEnergy(long amount) {
    return Apportionment.split(amount, shares.stream().mapToLong(Share::energyWeight).toArray());
  }

  /** Whether both give the same cells the same time, whatever the cells did with it. */
  public boolean holdsTimeAs(Allocation other) {
    if (shares.size() != other.shares.size()) {
      return false;
    }
    for (int i = 0; i < shares.size(); i++) {
      Share a = shares.get(i);
      Share b = other.shares.get(i);
      if (a.timeWeight() != b.timeWeight() || !a.cell().equals(b.cell())) {
        return false;
      }
    }
    return true;
  }
}
