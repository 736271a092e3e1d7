package io.tokenwatt.collectors.ownership;

import io.tokenwatt.collectors.exporters.GpuId;
import io.tokenwatt.collectors.exporters.GpuRowReading;
import io.tokenwatt.model.proto.Binding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A node as a test tells it: boards with labels, pods, engines, grants; then who owns what. */
final class NodeScene {
  private final List<GpuRowReading> rows = new ArrayList<>();
  private final List<KnownEngine> engines = new ArrayList<>();
  private final List<BindingSpec> bindings = new ArrayList<>();
  private final Map<PodRef, Pod> present = new HashMap<>();
  private final Map<PodRef, Pod> gone = new HashMap<>();
  private final Map<String, PodRef> podOfTarget = new HashMap<>();
  private final Map<String, PodGroup> groups = new HashMap<>();
  private Optional<List<DeviceGrant>> grants = Optional.empty();
  private PodBook.State state = PodBook.State.KNOWN;
  private SlurmRules slurm = SlurmRules.NONE;
  private PodRules rules = PodRules.DEFAULT;

  static String uuid(int board) {
    return "GPU-00000000-0000-%04x-0000-000000000000".formatted(board);
  }

  /** Board n with these labels ("pod=a", …). */
  NodeScene board(int board, String... labels) {
    return instance(board, 0, labels);
  }

  NodeScene instance(int board, int instance, String... labels) {
    Map<String, String> owner = new HashMap<>();
    for (String label : labels) {
      owner.put(label.substring(0, label.indexOf('=')), label.substring(label.indexOf('=') + 1));
    }
    GpuId id = new GpuId(board, 0);
    rows.add(new GpuRowReading(id, instance, "", "NVIDIA H100", board, owner, Map.of()));
    return this;
  }

  NodeScene rows(List<GpuRowReading> more) {
    rows.addAll(more);
    return this;
  }

  NodeScene pod(Pod pod) {
    present.put(pod.ref(), pod);
    return this;
  }

  NodeScene group(String key, List<Pod> pods, int size) {
    groups.put(key, PodGroup.of(pods, size));
    return this;
  }

  NodeScene gone(Pod pod) {
    gone.put(pod.ref(), pod);
    return this;
  }

  NodeScene engine(String target, String model) {
    int position = engines.size();
    engines.add(
        new KnownEngine(
            target, "vllm", model, Map.of("version", "0.11.0"), OptionalInt.of(position)));
    return this;
  }

  NodeScene engineIn(Pod pod, String model) {
    String target = pod.ref() + ":8000";
    podOfTarget.put(target, pod.ref());
    return engine(target, model);
  }

  NodeScene binding(BindingSpec spec) {
    bindings.add(spec);
    return this;
  }

  NodeScene granted(Pod pod, String resource, String... devices) {
    List<DeviceGrant> all = new ArrayList<>(grants.orElse(List.of()));
    all.add(new DeviceGrant(pod.ref(), "main", resource, List.of(devices)));
    grants = Optional.of(all);
    return this;
  }

  NodeScene books(PodBook.State other) {
    state = other;
    return this;
  }

  NodeScene slurm(SlurmRules other) {
    slurm = other;
    return this;
  }

  NodeScene rules(PodRules other) {
    rules = other;
    return this;
  }

  Owners owners() {
    boolean told = state == PodBook.State.KNOWN;
    PodBook book = new PodBook(state, told ? present : Map.of(), told ? gone : Map.of(), groups);
    return Ownership.resolve(
        new Knowledge(bindings, book, rules, grants, slurm, podOfTarget), rows, engines, "580.95");
  }

  /** "workload owner boards engines METHOD" per binding. */
  List<String> lines() {
    return owners().bindings().stream().map(NodeScene::line).toList();
  }

  Binding only() {
    List<Binding> all = owners().bindings();
    if (all.size() != 1) {
      throw new AssertionError("expected one binding, got " + lines());
    }
    return all.get(0);
  }

  private static String line(Binding b) {
    String method = b.getMethod().name().substring("OWNERSHIP_".length());
    return "%s %s %s %s %s"
        .formatted(
            b.getWorkload(),
            b.getOwner().isEmpty() ? "-" : b.getOwner(),
            b.getGpuRowsList(),
            b.getEnginesList(),
            method);
  }
}
