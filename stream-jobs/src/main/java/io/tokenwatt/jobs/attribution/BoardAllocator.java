package io.tokenwatt.jobs.attribution;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.Quality;
import java.util.ArrayList;
import java.util.List;

/**
 * Who holds how much of one physical board.
 *
 * <ul>
 *   <li>one row, one owner: all of it
 *   <li>several instances (MIG, AMD partitions): energy by GR_ENGINE_ACTIVE x slice size,
 *       normalised; by slice size where all are idle or one has no reading; time (and so cost) by
 *       slice size
 *   <li>several owners on one row (time-slicing, MPS): energy by their processes' utilisation;
 *       equal parts where all are idle, or one has no reading (flagged); time in equal parts, for a
 *       replica's slot is its own whether it is used or not
 *   <li>several models of one owner: by tokens, computed prompt + output, flagged
 *   <li>rows that nobody holds: the unallocated cell
 * </ul>
 */
public final class BoardAllocator {
  private BoardAllocator() {}

  /**
   * @param tenancies rows of one board: the instances where there are any, else the board; not
   *     empty
   * @param unallocated the cell of what nobody holds on this board
   */
  public static Allocation allocate(List<Tenancy> tenancies, Cell unallocated) {
    boolean several = tenancies.size() > 1;
    boolean activityKnown = tenancies.stream().allMatch(t -> t.grActivePpm() >= 0);
    boolean anyActive = tenancies.stream().anyMatch(t -> t.grActivePpm() > 0);
    boolean byActivity = several && activityKnown && anyActive;
    int flags = several && !activityKnown ? Quality.SHARED_EQUALLY.bit() : 0;
    List<Share> shares = new ArrayList<>();
    List<RowSplit> rows = new ArrayList<>();
    for (Tenancy tenancy : tenancies) {
      long time = tenancy.slices() * RowSplit.UNIT;
      long energy = byActivity ? tenancy.slices() * tenancy.grActivePpm() : time;
      boolean measured = !several || byActivity;
      if (tenancy.claims().isEmpty()) {
        shares.add(
            new Share(Holder.of(unallocated), BoardState.UNALLOCATED, time, energy, measured));
        continue;
      }
      RowSplit row = RowSplit.of(tenancy.claims());
      row.addTo(shares, time, energy, measured);
      flags |= row.flags();
      rows.add(row);
    }
    return new Allocation(merge(shares), flags, method(several, byActivity, rows));
  }

  private static String method(boolean several, boolean byActivity, List<RowSplit> rows) {
    if (rows.isEmpty()) {
      return "unallocated";
    }
    if (rows.stream().anyMatch(RowSplit::isUnattributed)) {
      return "unattributed";
    }
    if (several) {
      return byActivity ? "mig_activity" : "mig_size";
    }
    return rows.get(0).method();
  }

  /** Two rows of one owner in one state are one share, so that equal allocations compare equal. */
  public static List<Share> merge(List<Share> shares) {
    List<Share> merged = new ArrayList<>();
    for (Share share : shares) {
      int at = -1;
      for (int i = 0; i < merged.size() && at < 0; i++) {
        Share other = merged.get(i);
        if (other.state() == share.state()
            && other.measured() == share.measured()
            && other.cell().equals(share.cell())) {
          at = i;
        }
      }
      if (at < 0) {
        merged.add(share);
      } else {
        Share other = merged.get(at);
        merged.set(
            at,
            new Share(
                share.cell(),
                share.state(),
                other.timeWeight() + share.timeWeight(),
                other.energyWeight() + share.energyWeight(),
                share.measured()));
      }
    }
    return List.copyOf(merged);
  }
}
