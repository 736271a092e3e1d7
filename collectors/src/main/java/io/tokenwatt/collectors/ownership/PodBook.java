package io.tokenwatt.collectors.ownership;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * The pods of this node, as last told by the API server. Immutable.
 *
 * @param present pods there now
 * @param gone pods there not long ago: exporters still name them for a while
 * @param groups engines over several pods, by {@link LeaderWorkerGroup#key}
 */
public record PodBook(
    State state, Map<PodRef, Pod> present, Map<PodRef, Pod> gone, Map<String, PodGroup> groups) {
  /** What the book is worth. */
  public enum State {
    /** Nobody asks an API server: labels are all there is. */
    NONE,
    /** Up to date, or not older than allowed. */
    KNOWN,
    /** Not told yet, or older than allowed: better no owner than a wrong one. */
    UNKNOWN
  }

  /** Without an API server. */
  public static final PodBook NONE = new PodBook(State.NONE, Map.of(), Map.of(), Map.of());

  public PodBook {
    present = Map.copyOf(present);
    gone = Map.copyOf(gone);
    groups = Map.copyOf(groups);
  }

  /** Configured, but nothing of it can be used now. */
  public static PodBook unknown() {
    return new PodBook(State.UNKNOWN, Map.of(), Map.of(), Map.of());
  }

  /** The pod, also where it is gone by now. */
  public Optional<Pod> find(PodRef ref) {
    return Optional.ofNullable(present.getOrDefault(ref, gone.get(ref)));
  }

  boolean isPresent(PodRef ref) {
    return present.containsKey(ref);
  }

  /**
   * The pod that listens there; among pods on the host's network the one that declares the port.
   */
  public Optional<PodRef> at(String host, int port) {
    Collection<Pod> pods = present.values();
    return pods.stream()
        .filter(
            pod ->
                pod.hostNetwork()
                    ? (pod.ip().equals(host) || isLoopback(host)) && declares(pod, port)
                    : pod.ip().equals(host))
        .map(Pod::ref)
        .findFirst();
  }

  /** The host names this machine to itself. */
  public static boolean isLoopback(String host) {
    return host.startsWith("127.") || host.equals("localhost") || host.equals("::1");
  }

  private static boolean declares(Pod pod, int port) {
    return pod.containers().stream()
        .flatMap(container -> container.ports().stream())
        .anyMatch(declared -> declared.number() == port);
  }
}
