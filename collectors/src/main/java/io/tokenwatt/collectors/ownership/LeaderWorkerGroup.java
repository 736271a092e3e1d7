package io.tokenwatt.collectors.ownership;

import java.util.Optional;

/**
 * The group of a LeaderWorkerSet that a pod is in: a leader and its workers, together one engine.
 *
 * @param set the LeaderWorkerSet's name
 * @param key namespace, set and group index: the same on all nodes of the group
 * @param size pods of the group, the leader included; 0 = not told
 * @param revision of the set's template; "" = not told
 */
record LeaderWorkerGroup(String set, String key, int size, String revision) {
  private static final String PREFIX = "leaderworkerset.sigs.k8s.io/";

  static Optional<LeaderWorkerGroup> of(Pod pod) {
    String set = pod.labels().getOrDefault(PREFIX + "name", "");
    String index = pod.labels().getOrDefault(PREFIX + "group-index", "");
    if (set.isEmpty() || index.isEmpty()) {
      return Optional.empty();
    }
    String size = pod.annotations().getOrDefault(PREFIX + "size", "");
    return Optional.of(
        new LeaderWorkerGroup(
            set,
            pod.ref().namespace() + "/" + set + "/" + index,
            size.matches("\\d{1,6}") ? Integer.parseInt(size) : 0,
            pod.labels().getOrDefault(PREFIX + "template-revision-hash", "")));
  }
}
