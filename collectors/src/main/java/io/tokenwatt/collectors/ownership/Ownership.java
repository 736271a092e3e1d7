package io.tokenwatt.collectors.ownership;

import io.tokenwatt.collectors.exporters.GpuRowReading;
import io.tokenwatt.collectors.ownership.OwnerLabels.Holder;
import io.tokenwatt.collectors.ownership.RowOwners.Verdict;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who owns which rows and engines of one node at one tick, by everything that tells of it.
 *
 * <ul>
 *   <li>A configured binding that names its boards owns them, also where no engine of it answers.
 *       One that names only engines gives its name to the pods these run in.
 *   <li>Other rows belong to whom {@link RowOwners} finds: pods by the kubelet or by label, jobs.
 *       Several pods of one row share it. A pod owns its rows where no engine answers from it.
 *   <li>A pod that nobody knows: its rows are "(unattributed)".
 *   <li>What is left over goes as {@link OpenClaims} says.
 * </ul>
 *
 * For one node and tick; values in, values out.
 */
public final class Ownership {
  private final Knowledge knowledge;
  private final List<GpuRowReading> rows;
  private final List<KnownEngine> engines;
  private final RowOwners rowOwners;
  private final SourceUnits sources;
  private final List<Unit> configured = new ArrayList<>();
  private final List<Unit> open = new ArrayList<>();
  private final List<KnownEngine> lost = new ArrayList<>();
  private final BitSet owned = new BitSet();
  private final BitSet strange = new BitSet();
  private final List<BoardRef> missing = new ArrayList<>();
  private final List<Disagreement> disagreements = new ArrayList<>();
  private final Set<PodRef> strangers = new LinkedHashSet<>();

  private Ownership(Knowledge knowledge, List<GpuRowReading> rows, List<KnownEngine> engines) {
    this.knowledge = knowledge;
    this.rows = rows;
    this.engines = engines;
    this.rowOwners = new RowOwners(knowledge);
    this.sources = new SourceUnits(knowledge);
  }

  /**
   * @param rows of the record's GPU table, in its order
   * @param engines all engines known on the node, those that do not answer now included
   * @param driver the boards' driver version; "" = unknown
   */
  public static Owners resolve(
      Knowledge knowledge, List<GpuRowReading> rows, List<KnownEngine> engines, String driver) {
    return new Ownership(knowledge, rows, engines).resolve(driver);
  }

  private Owners resolve(String driver) {
    knowledge.bindings().forEach(this::configure);
    engines.stream().filter(this::isFree).forEach(this::place);
    for (int row = 0; row < rows.size(); row++) {
      attribute(row);
    }
    BitSet rest = new BitSet();
    rest.set(0, rows.size());
    rest.andNot(owned);
    rest.andNot(strange);
    OpenClaims claims = new OpenClaims(knowledge, rows, sources, open, lost, rest);
    List<Unit> units = new ArrayList<>(configured);
    units.addAll(claims.units());
    List<Binding> bindings =
        units.stream().map(unit -> unit.binding(driver)).collect(Collectors.toList());
    BitSet nobodys = claims.unattributed();
    nobodys.or(strange);
    if (!nobodys.isEmpty()) {
      bindings.add(unattributed(nobodys));
    }
    return new Owners(
        List.copyOf(bindings),
        claims.unresolved(),
        List.copyOf(missing),
        List.copyOf(disagreements),
        Set.copyOf(strangers));
  }

  private void configure(BindingSpec spec) {
    List<KnownEngine> its = engines.stream().filter(e -> isOf(spec, e)).toList();
    if (spec.gpus().isPresent()) {
      Unit unit = Unit.of(spec);
      its.forEach(unit::add);
      BitSet boards = rowsOf(spec.gpus().get());
      unit.own(boards, OwnershipMethod.OWNERSHIP_CONFIG);
      owned.or(boards);
      configured.add(unit);
      return;
    }
    List<PodRef> pods = its.stream().map(this::podOf).flatMap(Optional::stream).toList();
    if (!its.isEmpty() && pods.size() == its.size()) {
      its.forEach(sources.name(spec, pods)::add);
    } else {
      Unit unit = Unit.of(spec);
      its.forEach(unit::add);
      open.add(unit);
    }
  }

  /** No binding names it. */
  private boolean isFree(KnownEngine engine) {
    return knowledge.bindings().stream().noneMatch(spec -> isOf(spec, engine));
  }

  private static boolean isOf(BindingSpec spec, KnownEngine engine) {
    return spec.engines().contains(engine.target());
  }

  private void place(KnownEngine engine) {
    Optional<Unit> unit = podOf(engine).flatMap(sources::of);
    if (unit.isPresent()) {
      unit.get().add(engine);
    } else if (knowledge.podOfTarget().containsKey(engine.target())) {
      lost.add(engine);
    } else {
      open.add(Unit.of(engine));
    }
  }

  /** The pod that it runs in, where that is known and the pod is. */
  private Optional<PodRef> podOf(KnownEngine engine) {
    return Optional.ofNullable(knowledge.podOfTarget().get(engine.target()))
        .filter(pod -> knowledge.pods().find(pod).isPresent());
  }

  private void attribute(int row) {
    Verdict verdict = rowOwners.of(rows.get(row));
    if (owned.get(row)) {
      contradiction(row, verdict).ifPresent(disagreements::add);
      return;
    }
    verdict.other().ifPresent(disagreements::add);
    for (String job : verdict.jobs()) {
      sources.ofJob(job, rows.get(row).ownerLabels()).add(row, verdict.method());
      owned.set(row);
    }
    for (Holder holder : verdict.pods()) {
      Optional<Unit> unit = sources.of(holder);
      unit.ifPresent(known -> known.add(row, verdict.method()));
      (unit.isPresent() ? owned : strange).set(row);
      if (unit.isEmpty()) {
        strangers.add(holder.pod());
      }
    }
  }

  // Names differ by nature; that the board's pod runs another engine is a contradiction.
  private Optional<Disagreement> contradiction(int row, Verdict verdict) {
    List<BindingSpec> specs =
        configured.stream().filter(unit -> unit.rows().get(row)).map(Unit::spec).toList();
    return verdict.pods().stream()
        .filter(holder -> runsOnlyOthers(holder.pod(), specs))
        .findFirst()
        .map(
            holder ->
                new Disagreement(
                    BoardRef.textOf(rows.get(row)),
                    OwnershipMethod.OWNERSHIP_CONFIG,
                    specs.stream().map(BindingSpec::workload).collect(Collectors.joining(",")),
                    verdict.method(),
                    "pod " + holder.pod()));
  }

  private boolean runsOnlyOthers(PodRef pod, List<BindingSpec> specs) {
    List<KnownEngine> its =
        engines.stream().filter(engine -> podOf(engine).equals(Optional.of(pod))).toList();
    return !its.isEmpty()
        && its.stream().noneMatch(engine -> specs.stream().anyMatch(spec -> isOf(spec, engine)));
  }

  private BitSet rowsOf(List<BoardRef> boards) {
    BitSet found = new BitSet();
    for (BoardRef board : boards) {
      BitSet its = new BitSet();
      for (int row = 0; row < rows.size(); row++) {
        its.set(row, board.names(rows.get(row)));
      }
      found.or(its);
      if (its.isEmpty()) {
        missing.add(board);
      }
    }
    return found;
  }

  private static Binding unattributed(BitSet rest) {
    return Binding.newBuilder()
        .setWorkload(Cell.UNATTRIBUTED)
        .setKind("inference")
        .addAllGpuRows(rest.stream().boxed().toList())
        .setMethod(OwnershipMethod.OWNERSHIP_UNRESOLVED)
        .build();
  }
}
