package io.tokenwatt.collectors.ownership;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A container of a pod.
 *
 * @param command its command and arguments, in order
 * @param accelerators limits of resources that are boards or parts of boards, by resource name
 */
public record PodContainer(
    String name,
    String image,
    List<String> command,
    List<Port> ports,
    Map<String, Integer> accelerators) {
  private static final Set<String> WHOLE = Set.of("nvidia.com/gpu", "amd.com/gpu");
  private static final List<String> PARTS = List.of("nvidia.com/mig-", "nvidia.com/gpu");

  /**
   * @param name "" = none
   */
  public record Port(String name, int number) {}

  public PodContainer {
    command = List.copyOf(command);
    ports = List.copyOf(ports);
    accelerators = Map.copyOf(accelerators);
  }

  /** The resource is a board or a part of one (MIG slice, shared replica). */
  public static boolean isAccelerator(String resource) {
    return WHOLE.contains(resource) || PARTS.stream().anyMatch(resource::startsWith);
  }

  int boards() {
    return WHOLE.stream().mapToInt(resource -> accelerators.getOrDefault(resource, 0)).sum();
  }

  /** It asks for a board or a part of one. */
  public boolean holdsGpus() {
    return accelerators.values().stream().anyMatch(count -> count > 0);
  }

  /** It asks for parts of boards: MIG slices or renamed replicas. */
  boolean holdsParts() {
    return accelerators.keySet().stream().anyMatch(resource -> !WHOLE.contains(resource));
  }
}
