package io.tokenwatt.jobs.attribution;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.Quality;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How the claims on one row share it: first among owners, then among each owner's models. */
final class RowSplit {
  /** Fine enough that splitting a slice among owners and models stays exact to a millionth. */
  static final long UNIT = 1_000_000;

  private final Collection<List<Tenancy.Claim>> owners;

  private RowSplit(Collection<List<Tenancy.Claim>> owners) {
    this.owners = owners;
  }

  /**
   * @param claims not empty
   */
  static RowSplit of(List<Tenancy.Claim> claims) {
    Map<String, List<Tenancy.Claim>> byOwner = new TreeMap<>();
    claims.forEach(c -> byOwner.computeIfAbsent(c.owner(), o -> new ArrayList<>()).add(c));
    return new RowSplit(byOwner.values());
  }

  void addTo(List<Share> shares, long time, long energy, boolean rowMeasured) {
    boolean byUse = byUse();
    long used = owners.stream().mapToLong(RowSplit::use).sum();
    for (List<Tenancy.Claim> own : owners) {
      long ownTime = time / owners.size();
      long ownEnergy = byUse ? scaled(energy, use(own), used) : energy / owners.size();
      boolean measured =
          rowMeasured
              && (owners.size() == 1 || byUse)
              && own.size() == 1
              && !own.get(0).assumed()
              && !isUnattributed(own);
      long total = own.stream().mapToLong(Tenancy.Claim::weight).sum();
      for (Tenancy.Claim claim : own) {
        long weight = total == 0 ? 1 : claim.weight();
        long of = total == 0 ? own.size() : total;
        shares.add(
            new Share(
                claim.cell(),
                claim.state(),
                scaled(ownTime, weight, of),
                scaled(ownEnergy, weight, of),
                measured));
      }
    }
  }

  int flags() {
    int flags = 0;
    if (owners.size() > 1 && !useKnown()) {
      flags |= Quality.SHARED_EQUALLY.bit();
    }
    for (List<Tenancy.Claim> own : owners) {
      if (own.size() > 1) {
        flags |= Quality.SHARED_BY_TOKENS.bit();
      }
      if (own.get(0).assumed()) {
        flags |= Quality.ASSUMED_OWNER.bit();
      }
    }
    return flags;
  }

  /** How a row that is the whole board was shared. */
  String method() {
    if (owners.size() > 1) {
      return byUse() ? "process_util" : "equal";
    }
    List<Tenancy.Claim> own = owners.iterator().next();
    if (own.get(0).assumed()) {
      return "assumed";
    }
    return own.size() > 1 ? "tokens" : "exclusive";
  }

  boolean isUnattributed() {
    return owners.stream().anyMatch(RowSplit::isUnattributed);
  }

  private static boolean isUnattributed(List<Tenancy.Claim> own) {
    return own.get(0).cell().workload().equals(Cell.UNATTRIBUTED);
  }

  private boolean useKnown() {
    return owners.stream().allMatch(own -> use(own) >= 0);
  }

  private boolean byUse() {
    return owners.size() > 1 && useKnown() && owners.stream().anyMatch(own -> use(own) > 0);
  }

  private static long use(List<Tenancy.Claim> own) {
    return own.get(0).utilPpm();
  }

  private static long scaled(long amount, long weight, long of) {
    return Math.round((double) amount * weight / of);
  }
}
