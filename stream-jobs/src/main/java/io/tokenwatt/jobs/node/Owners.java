package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.BoardState;
import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.NodeIdentity;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The owners that one sample names, resolved to cells. While an owner's engine or boards are not
 * read, what was last known of its workload stands in, so that a failed scrape moves nothing to
 * another cell.
 */
final class Owners {
  private final NodeSample sample;
  private final Naming naming;
  private final List<Owner> owners = new ArrayList<>();
  private final Map<Integer, List<Owner>> byRow = new HashMap<>();
  private final Map<Integer, Owner> byEngine = new HashMap<>();

  /** One binding of the sample. */
  static final class Owner {
    final Binding binding;
    final NodeState.Workload workload;

    /** Unlike any other binding's of the sample, and the same in every sample that has this one. */
    final String key;

    /** Activity over the interval that this sample closes, found by the engine metering. */
    BoardState state = BoardState.UNKNOWN;

    /**
     * Tokens by served model over that interval; how boards are shared among the models of one
     * engine.
     */
    final Map<String, Long> tokensByModel = new HashMap<>();

    Owner(Binding binding, NodeState.Workload workload, int number) {
      this.binding = binding;
      this.key = memory(binding) + "\u001f%04d".formatted(number);
      this.workload = workload;
    }

    boolean isUnattributed() {
      return binding.getWorkload().equals(Cell.UNATTRIBUTED);
    }

    boolean isAssumed() {
      return binding.getMethod() == OwnershipMethod.OWNERSHIP_ASSUMED;
    }

    /** Part of a row's time that the owner's processes used; -1 = not read. */
    long utilPpm(int row) {
      int at = binding.getGpuRowsList().indexOf(row);
      return at >= 0 && at < binding.getProcessUtilPpmCount()
          ? Math.max(-1, binding.getProcessUtilPpm(at))
          : -1;
    }
  }

  Owners(NodeSample sample, Map<String, BoardReading> boards, NodeState state, Naming naming) {
    this.sample = sample;
    this.naming = naming;
    Map<Integer, String> hardwareOfRow = new HashMap<>();
    Set<String> kinds = new LinkedHashSet<>();
    boards
        .values()
        .forEach(
            b -> {
              String hardware = naming.hardware(b.modelName());
              kinds.add(hardware);
              b.rows().forEach(r -> hardwareOfRow.put(r.number(), hardware));
            });
    String only = kinds.size() == 1 ? kinds.iterator().next() : "";
    for (Binding binding : sample.getBindingsList()) {
      NodeState.Workload workload =
          state.workloads.computeIfAbsent(memory(binding), w -> new NodeState.Workload());
      remember(binding, workload, hardwareOfRow, only);
      Owner owner = new Owner(binding, workload, owners.size());
      owners.add(owner);
      binding
          .getGpuRowsList()
          .forEach(r -> byRow.computeIfAbsent(r, x -> new ArrayList<>()).add(owner));
      binding.getEnginesList().forEach(e -> byEngine.put(e, owner));
    }
  }

  /** What one binding's engine says is remembered apart from its pair's and its neighbours'. */
  static String memory(Binding binding) {
    return String.join(
        "\u001f", binding.getWorkload(), binding.getRole(), binding.getEngineGroup());
  }

  private void remember(
      Binding binding,
      NodeState.Workload workload,
      Map<Integer, String> hardwareOfRow,
      String onlyHardware) {
    boolean boardsSeen = false;
    for (int row : binding.getGpuRowsList()) {
      if (hardwareOfRow.containsKey(row) && !boardsSeen) {
        workload.hardware = hardwareOfRow.get(row);
        boardsSeen = true;
      }
    }
    if (workload.hardware.isEmpty() && !boardsSeen) {
      workload.hardware = onlyHardware;
    }
    Set<String> models = new LinkedHashSet<>();
    for (int index : binding.getEnginesList()) {
      if (index < sample.getEnginesCount()) {
        Engine engine = sample.getEngines(index);
        workload.engine = engine.getKind();
        engine.getSeriesList().stream()
            .map(EngineSeries::getModelName)
            .map(served -> baseOf(engine, served))
            .forEach(models::add);
      }
    }
    if (!models.isEmpty()) {
      workload.models = new ArrayList<>(models);
    }
    if (binding.getEnginesCount() > 0 || workload.deployment.isEmpty()) {
      workload.deployment = binding.getDeployment();
    }
  }

  /** An adapter (LoRA) is served as a model and computed by its base: boards work for the base. */
  static String baseOf(Engine engine, String served) {
    return engine.getAdaptersOrDefault(served, served);
  }

  List<Owner> all() {
    return owners;
  }

  List<Owner> ofRow(int row) {
    return byRow.getOrDefault(row, List.of());
  }

  /** The owner of an engine; null only in a record that breaks the contract. */
  Owner ofEngine(int engine) {
    return byEngine.get(engine);
  }

  /** The models an owner's boards work for; its binding's own where no engine says. */
  List<String> models(Owner owner) {
    if (owner.isUnattributed()) {
      return List.of("");
    }
    return owner.workload.models.isEmpty()
        ? List.of(owner.binding.getModelName())
        : owner.workload.models;
  }

  /** The cell of an owner's boards or tokens. */
  Holder cell(Owner owner, String servedModel, String hardware) {
    Binding b = owner.binding;
    String served = servedModel.isEmpty() ? b.getModelName() : servedModel;
    String precision = b.getPrecision().isEmpty() ? naming.precision(served) : b.getPrecision();
    Cell cell =
        cell(
            hardware,
            served.isEmpty() ? "" : naming.model(served),
            precision,
            b.getWorkload(),
            b.getOwner(),
            owner.workload.deployment,
            owner.isUnattributed() ? "" : owner.workload.engine,
            b.getRole(),
            b.getTask(),
            b.getKind());
    return Units.holder(cell, b, sample.getNode());
  }

  /** The cell of boards that nobody holds. */
  Cell unallocated(String hardware) {
    return cell(hardware, "", "", Cell.UNALLOCATED, "", "", "", "", "", "");
  }

  private Cell cell(
      String hardware,
      String model,
      String precision,
      String workload,
      String owner,
      String deployment,
      String engine,
      String role,
      String task,
      String kind) {
    NodeIdentity node = sample.getNode();
    return new Cell(
        node.getRegion(),
        node.getCluster(),
        node.getSiteKind(),
        node.getProvider(),
        node.getPurchaseOption(),
        hardware,
        model,
        precision,
        workload,
        owner,
        deployment,
        engine,
        role,
        task,
        kind);
  }
}
