package io.tokenwatt.collectors.ownership;

import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** What becomes one binding: an owner, its rows and its engines, while they are gathered. */
final class Unit {
  static final BindingSpec UNTOLD = BindingSpec.of("", List.of(), List.of());

  private final BindingSpec spec;
  private final String signature;
  private final BitSet rows = new BitSet();
  private final List<KnownEngine> engines = new ArrayList<>();
  // An engine in a pod that asks for no board has none: that is certain.
  private OwnershipMethod method = OwnershipMethod.OWNERSHIP_POD;

  /**
   * @param signature changes with what the owner runs; "" = not told
   */
  Unit(BindingSpec spec, String signature) {
    this.spec = spec;
    this.signature = signature;
  }

  /** An engine that nothing is known of but itself. */
  static Unit of(KnownEngine engine) {
    Unit unit = new Unit(UNTOLD, "");
    unit.add(engine);
    return unit;
  }

  /** A configured owner; on all nodes of an engine group alike. */
  static Unit of(BindingSpec spec) {
    boolean grouped = !spec.engineGroup().isEmpty();
    return new Unit(spec, (grouped ? spec.anywhere() : spec).toString());
  }

  /** The same owner with the other's rows; the other's name is dropped. */
  Unit withRowsOf(Unit other) {
    rows.or(other.rows);
    return this;
  }

  BindingSpec spec() {
    return spec;
  }

  BitSet rows() {
    return rows;
  }

  List<KnownEngine> engines() {
    return engines;
  }

  void add(KnownEngine engine) {
    engines.add(engine);
  }

  /** The weakest source of its rows is what the binding can claim. */
  void add(int row, OwnershipMethod source) {
    method = rows.isEmpty() || certainty(source) < certainty(method) ? source : method;
    rows.set(row);
  }

  void own(BitSet more, OwnershipMethod source) {
    rows.or(more);
    method = source;
  }

  void assume() {
    method = OwnershipMethod.OWNERSHIP_ASSUMED;
  }

  void unresolve() {
    method = OwnershipMethod.OWNERSHIP_UNRESOLVED;
  }

  private static int certainty(OwnershipMethod method) {
    return switch (method) {
      case OWNERSHIP_CONFIG -> 4;
      case OWNERSHIP_POD_RESOURCES -> 3;
      case OWNERSHIP_POD -> 2;
      case OWNERSHIP_SLURM -> 1;
      default -> 0;
    };
  }

  Binding binding(String driver) {
    Binding.Builder binding =
        Binding.newBuilder()
            .setWorkload(workload())
            .setOwner(spec.owner())
            .setKind(kind())
            .setRole(spec.role())
            .setTask(spec.task())
            .setModelName(spec.model())
            .setPrecision(spec.precision())
            .setMembers(Math.max(0, spec.members()))
            .setBoardsRequired(Math.max(0, spec.boardsRequired()))
            .setEngineGroup(spec.engineGroup())
            .setPairGroup(spec.pairGroup())
            .setMethod(method)
            .addAllGpuRows(rows.stream().boxed().toList());
    // Head and workers of one engine must get one key: what only the head tells stays out.
    List<KnownEngine> telling = spec.engineGroup().isEmpty() ? engines : List.of();
    binding.setDeployment(DeploymentKey.of(binding.getWorkload(), telling, driver, signature));
    engines.forEach(engine -> engine.position().ifPresent(binding::addEngines));
    return binding.build();
  }

  private String kind() {
    if (!spec.kind().isEmpty()) {
      return spec.kind();
    }
    return engines.isEmpty() ? "other" : "inference";
  }

  private String workload() {
    if (!spec.workload().isEmpty()) {
      return spec.workload();
    }
    if (!spec.model().isEmpty()) {
      return spec.model();
    }
    return engines.stream()
        .findFirst()
        .map(KnownEngine::workload)
        .orElse(spec.engines().isEmpty() ? "" : spec.engines().get(0));
  }
}
