package io.tokenwatt.collectors.ownership;

import io.tokenwatt.collectors.ownership.OwnerLabels.Holder;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One unit per pod, per group of pods that are one engine, per job; without an API server per
 * namespace and container. Made at first mention. One tick, one thread.
 */
final class SourceUnits {
  private static final String SLURM = "slurm ";

  private final Knowledge knowledge;
  private final Map<String, Unit> units = new LinkedHashMap<>();
  private final Map<PodRef, Optional<String>> keys = new HashMap<>();

  SourceUnits(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  Collection<Unit> all() {
    return units.values();
  }

  /** The configuration names the workload of these pods; the boards are still the pods'. */
  Unit name(BindingSpec spec, Collection<PodRef> pods) {
    String key = "config " + units.size();
    units.put(key, Unit.of(spec));
    pods.forEach(pod -> keys.put(pod, Optional.of(key)));
    return units.get(key);
  }

  /** Empty = nobody knows the pod now. */
  Optional<Unit> of(Holder holder) {
    if (knowledge.pods().state() == PodBook.State.NONE) {
      return Optional.of(byLabel(holder));
    }
    return of(holder.pod());
  }

  /** Empty = nobody knows the pod now. */
  Optional<Unit> of(PodRef ref) {
    return keys.computeIfAbsent(ref, this::make).map(units::get);
  }

  Unit ofJob(String job, Map<String, String> labels) {
    return units.computeIfAbsent(
        SLURM + job, key -> new Unit(knowledge.slurm().of(job, labels), "slurm"));
  }

  private Optional<String> make(PodRef ref) {
    Optional<Pod> found = knowledge.pods().find(ref);
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Pod pod = found.get();
    BindingSpec spec = PodWorkload.of(pod, knowledge.podRules());
    boolean grouped = !spec.engineGroup().isEmpty();
    String key = grouped ? "group " + spec.engineGroup() : "pod " + ref;
    units.computeIfAbsent(
        key, k -> new Unit(grouped ? onThisNode(spec) : spec, PodWorkload.signature(pod)));
    return Optional.of(key);
  }

  // The group's size counts pods; several of them on this node are one member.
  private BindingSpec onThisNode(BindingSpec spec) {
    List<BindingSpec> pods =
        knowledge.pods().present().values().stream()
            .filter(Pod::running)
            .map(pod -> PodWorkload.of(pod, knowledge.podRules()))
            .filter(other -> other.engineGroup().equals(spec.engineGroup()))
            .toList();
    boolean alike = pods.stream().allMatch(p -> p.boardsRequired() == spec.boardsRequired());
    int here = Math.max(1, pods.size());
    // Spread evenly, as one template on nodes alike is.
    int members = (spec.members() + here - 1) / here;
    PodGroup all =
        knowledge
            .pods()
            .groups()
            .getOrDefault(spec.engineGroup(), new PodGroup(alike ? spec.boardsRequired() : 0, ""));
    return spec.withGroup(
        members, all.boards(), spec.model().isEmpty() ? all.model() : spec.model());
  }

  private Unit byLabel(Holder holder) {
    String name = holder.container().isEmpty() ? holder.pod().name() : holder.container();
    String workload = holder.pod().namespace() + "/" + name;
    return units.computeIfAbsent(
        "label " + workload,
        key ->
            new Unit(
                BindingSpec.of(workload, List.of(), List.of())
                    .withOwner(holder.pod().namespace(), ""),
                ""));
  }
}
