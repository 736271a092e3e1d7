package io.tokenwatt.jobs.attribution;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.Quality;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who holds how much of one physical board.
 *
 * <ul>
 *   <li>one row, one owner: all of it
 *   <li>several MIG instances: energy by GR_ENGINE_ACTIVE x slice size, normalised; by slice size
 *       where all are idle or one has no reading; time (and so cost) by slice size
 *   <li>several owners on one row: equal parts, flagged
 *   <li>rows that nobody holds: the unallocated cell
 * </ul>
 */
public final class BoardAllocator {
  /** Fine enough that splitting a slice among owners and models stays exact to a millionth. */
  private static final long UNIT = 1_000_000;

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
    boolean owned = false;
    boolean shared = false;
    for (Tenancy tenancy : tenancies) {
      long time = tenancy.slices() * UNIT;
      long energy = byActivity ? tenancy.slices() * tenancy.grActivePpm() : time;
      if (tenancy.claims().isEmpty()) {
        shares.add(new Share(unallocated, BoardState.UNALLOCATED, time, energy));
        continue;
      }
      owned = true;
      int owners = addClaims(tenancy.claims(), time, energy, shares);
      if (owners > 1) {
        shared = true;
        flags |= Quality.SHARED_EQUALLY.bit();
      }
      if (tenancy.claims().get(0).assumed()) {
        flags |= Quality.ASSUMED_OWNER.bit();
      }
    }
    return new Allocation(
        merge(shares), flags, method(several, byActivity, owned, shared, tenancies));
  }

  private static int addClaims(
      List<Tenancy.Claim> claims, long time, long energy, List<Share> shares) {
    Map<String, List<Tenancy.Claim>> byOwner = new TreeMap<>();
    claims.forEach(c -> byOwner.computeIfAbsent(c.owner(), o -> new ArrayList<>()).add(c));
    int owners = byOwner.size();
    byOwner.forEach(
        (owner, own) -> {
          long total = own.stream().mapToLong(Tenancy.Claim::weight).sum();
          for (Tenancy.Claim claim : own) {
            long weight = total == 0 ? 1 : claim.weight();
            long of = total == 0 ? own.size() : total;
            shares.add(
                new Share(
                    claim.cell(),
                    claim.state(),
                    scaled(time / owners, weight, of),
                    scaled(energy / owners, weight, of)));
          }
        });
    return owners;
  }

  private static long scaled(long amount, long weight, long of) {
    return Math.round((double) amount * weight / of);
  }

  private static String method(
      boolean several, boolean byActivity, boolean owned, boolean shared, List<Tenancy> tenancies) {
    if (!owned) {
      return "unallocated";
    }
    if (tenancies.stream()
        .flatMap(t -> t.claims().stream())
        .anyMatch(c -> c.cell().workload().equals(Cell.UNATTRIBUTED))) {
      return "unattributed";
    }
    if (several) {
      return byActivity ? "mig_activity" : "mig_size";
    }
    if (shared) {
      return "equal";
    }
    return tenancies.get(0).claims().get(0).assumed() ? "assumed" : "exclusive";
  }

  /** Two rows of one owner in one state are one share, so that equal allocations compare equal. */
  public static List<Share> merge(List<Share> shares) {
    List<Share> merged = new ArrayList<>();
    for (Share share : shares) {
      int at = -1;
      for (int i = 0; i < merged.size() && at < 0; i++) {
        Share other = merged.get(i);
        if (other.state() == share.state() && other.cell().equals(share.cell())) {
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
                other.energyWeight() + share.energyWeight()));
      }
    }
    return List.copyOf(merged);
  }
}
