package io.tokenwatt.collectors.ownership;

import io.tokenwatt.collectors.exporters.GpuId;
import io.tokenwatt.collectors.exporters.GpuRowReading;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Rows that nothing names, and claimants (engines and bindings) whose boards nothing names.
 *
 * <ul>
 *   <li>Exactly one pod holds boards that nothing names, and it asked for as many as are left: they
 *       are its, {@code ASSUMED}.
 *   <li>Exactly one claimant, and exactly one owner by label without an engine: they are one,
 *       {@code ASSUMED}; what is left is unallocated.
 *   <li>Exactly one claimant and no such owner: it owns what is left, {@code ASSUMED}.
 *   <li>Several, or pods cannot be told now: each is without boards, {@code UNRESOLVED}, and what
 *       is left is "(unattributed)".
 *   <li>No claimant: what is left is in no binding, i.e. unallocated.
 * </ul>
 */
final class OpenClaims {
  private final Knowledge knowledge;
  private final List<GpuRowReading> rows;
  private final SourceUnits sources;
  private final List<Unit> open;
  private final List<KnownEngine> lost;
  private final BitSet rest;
  private final List<Unit> units = new ArrayList<>();
  private final List<KnownEngine> unresolved = new ArrayList<>();
  private boolean unknown;

  /**
   * @param open engines and bindings of which no pod is known
   * @param lost engines in pods that nobody knows now
   * @param rest rows that nothing names
   */
  OpenClaims(
      Knowledge knowledge,
      List<GpuRowReading> rows,
      SourceUnits sources,
      List<Unit> open,
      List<KnownEngine> lost,
      BitSet rest) {
    this.knowledge = knowledge;
    this.rows = rows;
    this.sources = sources;
    this.open = open;
    this.lost = lost;
    this.rest = rest;
    settle();
  }

  /** Of all sources but the configured boards. */
  List<Unit> units() {
    return units;
  }

  List<KnownEngine> unresolved() {
    return unresolved;
  }

  /** Rows that somebody uses, and nobody knows who. */
  BitSet unattributed() {
    return unknown ? rest : new BitSet();
  }

  private void settle() {
    List<Unit> hidden = hidden();
    if (hidden.size() == 1 && fits(hidden.get(0))) {
      hidden.get(0).own(rest, OwnershipMethod.OWNERSHIP_ASSUMED);
      rest.clear();
      hidden = List.of();
    }
    unknown = !hidden.isEmpty() || !lost.isEmpty();
    hidden.forEach(this::unresolve);
    List<Unit> engineless =
        sources.all().stream()
            .filter(unit -> unit.engines().isEmpty() && !unit.rows().isEmpty())
            .toList();
    boolean assume = knowledge.pods().state() != PodBook.State.UNKNOWN && !unknown;
    Optional<Unit> joined = Optional.empty();
    if (assume && open.size() == 1 && engineless.size() == 1) {
      joined = Optional.of(engineless.get(0));
      units.add(join(engineless.get(0), open.get(0)));
    } else if (assume && open.size() == 1 && engineless.isEmpty()) {
      open.get(0).own(rest, OwnershipMethod.OWNERSHIP_ASSUMED);
      rest.clear();
      units.add(open.get(0));
    } else {
      unknown |= !open.isEmpty();
      open.forEach(this::unresolve);
      units.addAll(open);
    }
    Optional<Unit> done = joined;
    sources.all().stream()
        .filter(unit -> done.isEmpty() || unit != done.get())
        .filter(unit -> !unit.rows().isEmpty() || !unit.engines().isEmpty())
        .forEach(units::add);
    for (KnownEngine engine : lost) {
      Unit unit = Unit.of(engine);
      unresolve(unit);
      units.add(unit);
    }
  }

  private void unresolve(Unit unit) {
    unit.unresolve();
    unresolved.addAll(unit.engines());
  }

  // A configured name is the better one; the boards are those of the label.
  private static Unit join(Unit boards, Unit claimant) {
    Unit whole = claimant.spec().equals(Unit.UNTOLD) ? boards : claimant.withRowsOf(boards);
    if (whole == boards) {
      claimant.engines().forEach(boards::add);
    }
    whole.assume();
    return whole;
  }

  /** Pods that hold boards which nothing names. */
  private List<Unit> hidden() {
    Set<Unit> hidden =
        knowledge.pods().present().values().stream()
            .filter(pod -> pod.running() && pod.holdsGpus())
            .map(pod -> sources.of(pod.ref()))
            .flatMap(Optional::stream)
            .filter(unit -> unit.rows().isEmpty())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return rows.isEmpty() ? List.of() : List.copyOf(hidden);
  }

  private boolean fits(Unit unit) {
    Set<GpuId> boards = new HashSet<>();
    rest.stream().forEach(row -> boards.add(rows.get(row).id()));
    boolean whole = rest.stream().allMatch(row -> rows.get(row).instance() == 0);
    int asked =
        knowledge.pods().present().values().stream()
            .filter(pod -> pod.running() && sources.of(pod.ref()).equals(Optional.of(unit)))
            .mapToInt(Pod::boards)
            .sum();
    return whole && asked == boards.size();
  }
}
