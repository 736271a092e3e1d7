package io.tokenwatt.collectors.ownership;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of a pod of this node. Immutable.
 *
 * @param uid another pod of the same name has another
 * @param ip "" = none yet
 * @param hostNetwork its ip is the node's
 * @param running false = it has ended and holds no boards any more
 * @param controller what created it; empty = nothing did
 * @param claimsDevices by dynamic resource allocation: how many boards it holds is not in its spec
 */
public record Pod(
    PodRef ref,
    String uid,
    String ip,
    boolean hostNetwork,
    boolean running,
    Map<String, String> labels,
    Map<String, String> annotations,
    Optional<Controller> controller,
    List<PodContainer> containers,
    boolean claimsDevices) {

  /** The owner reference that is marked as controller. */
  public record Controller(String kind, String name) {}

  public Pod {
    labels = Map.copyOf(labels);
    annotations = Map.copyOf(annotations);
    containers = List.copyOf(containers);
  }

  /** A label, else the annotation of that name; "" = neither. */
  public String mark(String key) {
    return labels.getOrDefault(key, annotations.getOrDefault(key, ""));
  }

  /** Whole boards that its containers ask for; replicas of time-sliced boards look the same. */
  public int boards() {
    return containers.stream().mapToInt(PodContainer::boards).sum();
  }

  /** It holds boards, or parts of boards, while it runs. */
  public boolean holdsGpus() {
    return claimsDevices || containers.stream().anyMatch(PodContainer::holdsGpus);
  }

  /** {@link #boards} is all it holds: no parts of boards, none by claim. */
  boolean isCountable() {
    return !claimsDevices && containers.stream().noneMatch(PodContainer::holdsParts);
  }
}
