package io.tokenwatt.collectors.ownership;

import io.tokenwatt.collectors.exporters.GpuRowReading;
import io.tokenwatt.collectors.ownership.OwnerLabels.Holder;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Who holds a row by the sources outside the configuration. The kubelet is believed before the
 * exporter's pod label, which lags by a collection period, and both before a job label; but of a
 * pod that is Slurm's own daemon the job is the owner.
 */
final class RowOwners {
  private final Knowledge knowledge;
  private final Set<PodRef> granted = new HashSet<>();

  /**
   * @param pods empty where jobs are not
   * @param jobs empty where pods are not
   * @param other what another source says instead
   */
  record Verdict(
      OwnershipMethod method, Set<Holder> pods, List<String> jobs, Optional<Disagreement> other) {
    boolean isEmpty() {
      return pods.isEmpty() && jobs.isEmpty();
    }
  }

  RowOwners(Knowledge knowledge) {
    this.knowledge = knowledge;
    knowledge.grants().ifPresent(grants -> grants.forEach(grant -> granted.add(grant.pod())));
  }

  Verdict of(GpuRowReading row) {
    Set<Holder> byKubelet = byKubelet(row);
    Set<Holder> byLabel = byLabel(row);
    List<String> jobs = OwnerLabels.jobs(row.ownerLabels());
    Set<Holder> pods = byKubelet.isEmpty() ? byLabel : byKubelet;
    OwnershipMethod method =
        byKubelet.isEmpty()
            ? OwnershipMethod.OWNERSHIP_POD
            : OwnershipMethod.OWNERSHIP_POD_RESOURCES;
    if (!jobs.isEmpty() && pods.stream().allMatch(holder -> isSlurm(holder.pod()))) {
      return new Verdict(OwnershipMethod.OWNERSHIP_SLURM, Set.of(), jobs, Optional.empty());
    }
    Optional<Disagreement> other = Optional.empty();
    // An exporter may name one of several sharers only: fewer names contradict nothing.
    if (!byKubelet.isEmpty() && !refs(byKubelet).containsAll(refs(byLabel))) {
      other =
          Optional.of(conflict(row, method, pods, OwnershipMethod.OWNERSHIP_POD, text(byLabel)));
    } else if (!jobs.isEmpty()) {
      String theirs = "job " + String.join(",", jobs);
      other = Optional.of(conflict(row, method, pods, OwnershipMethod.OWNERSHIP_SLURM, theirs));
    }
    return new Verdict(method, pods, List.of(), other);
  }

  private Set<Holder> byKubelet(GpuRowReading row) {
    return knowledge.grants().stream()
        .flatMap(List::stream)
        .filter(grant -> grant.names(row) && !hasEnded(grant.pod()))
        .map(grant -> new Holder(grant.pod(), grant.container()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  // A pod without any device by the kubelet's word has left the board; the label lags.
  private Set<Holder> byLabel(GpuRowReading row) {
    return OwnerLabels.holders(row.ownerLabels()).stream()
        .filter(holder -> knowledge.grants().isEmpty() || granted.contains(holder.pod()))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  // Older kubelets list the devices of ended pods until these are removed.
  private boolean hasEnded(PodRef ref) {
    PodBook book = knowledge.pods();
    return book.find(ref).map(pod -> !pod.running() || !book.isPresent(ref)).orElse(false);
  }

  private boolean isSlurm(PodRef ref) {
    return knowledge.pods().find(ref).stream()
        .flatMap(pod -> pod.containers().stream())
        .anyMatch(c -> c.image().substring(c.image().lastIndexOf('/') + 1).startsWith("slurmd"));
  }

  private static Disagreement conflict(
      GpuRowReading row,
      OwnershipMethod method,
      Set<Holder> pods,
      OwnershipMethod otherMethod,
      String other) {
    return new Disagreement(BoardRef.textOf(row), method, text(pods), otherMethod, other);
  }

  private static Set<PodRef> refs(Set<Holder> holders) {
    return holders.stream().map(Holder::pod).collect(Collectors.toSet());
  }

  static String text(Set<Holder> holders) {
    return holders.stream()
        .map(holder -> "pod " + holder.pod())
        .distinct()
        .collect(Collectors.joining(","));
  }
}
