package io.tokenwatt.collectors.kubernetes;

import io.tokenwatt.collectors.ownership.LeaderWorkerGroup;
import io.tokenwatt.collectors.ownership.Pod;
import io.tokenwatt.collectors.ownership.PodBook;
import io.tokenwatt.collectors.ownership.PodGroup;
import io.tokenwatt.collectors.ownership.PodRef;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * The pods of the node as told so far, and when the API server was last heard. Pods that went are
 * remembered for a while: exporters still name them. Thread-safe.
 */
final class PodStore {
  /** dcgm-exporter's labels lag by its collection period; generously. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private record Gone(Pod pod, long atNanos) {}

  private final Duration maxAge;
  private final LongSupplier nanoTime;
  private final Map<PodRef, Pod> present = new HashMap<>();
  private final Map<PodRef, Gone> gone = new HashMap<>();
  private final Map<String, PodGroup> groups = new HashMap<>();
  private boolean told;
  private long heardNanos;
  private PodBook book = PodBook.unknown();

  PodStore(Duration maxAge, LongSupplier nanoTime) {
    this.maxAge = maxAge;
    this.nanoTime = nanoTime;
  }

  /** What it holds now; unknown before the first list and once the server is silent too long. */
  synchronized PodBook book() {
    boolean fresh = told && age().compareTo(maxAge) <= 0;
    return fresh ? book : PodBook.unknown();
  }

  /** Since the server was last heard; of a store never told, the longest there is. */
  synchronized Duration age() {
    return told
        ? Duration.ofNanos(nanoTime.getAsLong() - heardNanos)
        : Duration.ofSeconds(Long.MAX_VALUE);
  }

  /** The server answered: what is held is what it holds. */
  synchronized void heard() {
    heardNanos = nanoTime.getAsLong();
  }

  /** Everything there is. */
  synchronized void replace(Collection<Pod> all) {
    Map<PodRef, Pod> next = new HashMap<>();
    all.forEach(pod -> next.put(pod.ref(), pod));
    present.forEach(
        (ref, pod) -> {
          if (!next.containsKey(ref)) {
            gone.put(ref, new Gone(pod, nanoTime.getAsLong()));
          }
        });
    present.clear();
    present.putAll(next);
    told = true;
    changed();
  }

  /** Groups of pods present that are not told whole, one pod of each. */
  synchronized Map<String, LeaderWorkerGroup> openGroups() {
    Map<String, LeaderWorkerGroup> open = new HashMap<>();
    for (Pod pod : present.values()) {
      LeaderWorkerGroup.of(pod).ifPresent(group -> open.put(group.key(), group));
    }
    groups.keySet().retainAll(open.keySet());
    groups.forEach(
        (key, group) -> {
          if (group.boards() > 0) {
            open.remove(key);
          }
        });
    return open;
  }

  synchronized void group(String key, PodGroup group) {
    groups.put(key, group);
    changed();
  }

  synchronized void put(Pod pod) {
    present.put(pod.ref(), pod);
    changed();
  }

  synchronized void remove(Pod pod) {
    Pod held = present.get(pod.ref());
    // The end of an earlier pod of the same name says nothing of the present one.
    if (held == null || !held.uid().equals(pod.uid())) {
      return;
    }
    present.remove(pod.ref());
    gone.put(pod.ref(), new Gone(pod, nanoTime.getAsLong()));
    changed();
  }

  private void changed() {
    heard();
    long now = nanoTime.getAsLong();
    gone.values().removeIf(g -> now - g.atNanos > REMEMBERED.toNanos());
    gone.keySet().removeAll(present.keySet());
    Map<PodRef, Pod> left = new HashMap<>();
    gone.forEach((ref, g) -> left.put(ref, g.pod));
    book = new PodBook(PodBook.State.KNOWN, present, left, groups);
  }
}
