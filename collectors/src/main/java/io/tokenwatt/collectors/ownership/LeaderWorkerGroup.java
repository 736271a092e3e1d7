package io.tokenwatt.collectors.ownership;

import java.util.Optional;

/**
 * The group of a LeaderWorkerSet that a pod is in: a leader and its workers, together one engine.
 *
 * @param set the LeaderWorkerSet's name
 * @param index the group's, of the set's groups
 * @param size pods of the group, the leader included; 0 = not told
 * @param revision of the set's template; "" = not told
 */
public record LeaderWorkerGroup(
    String namespace, String set, String index, int size, String revision) {
  private static final String PREFIX = "leaderworkerset.sigs.k8s.io/";

  /** Empty for a pod of no such group. */
  public static Optional<LeaderWorkerGroup> of(Pod pod) {
    String set = pod.labels().getOrDefault(PREFIX + "name", "");
    String index = pod.labels().getOrDefault(PREFIX + "group-index", "");
    if (set.isEmpty() || index.isEmpty()) {
      return Optional.empty();
    }
    String size = pod.annotations().getOrDefault(PREFIX + "size", "");
    return Optional.of(
        new LeaderWorkerGroup(
            pod.ref().namespace(),
            set,
            index,
            size.matches("\\d{1,6}") ? Integer.parseInt(size) : 0,
            pod.labels().getOrDefault(PREFIX + "template-revision-hash", "")));
  }

  /** The same on all nodes of the group, and on no other's. */
  public String key() {
    return namespace + "/" + set + "/" + index;
  }

  /** A label selector for its pods, within the namespace. */
  public String selector() {
    return PREFIX + "name=" + set + "," + PREFIX + "group-index=" + index;
  }
}
