package io.tokenwatt.collectors.ownership;

import java.util.Collection;

/**
 * What only all pods of an engine's group together tell, wherever they run.
 *
 * @param boards that its pods ask for; 0 = not known, as while pods of it are missing
 * @param model that one of its commands names; "" = none does
 */
public record PodGroup(int boards, String model) {

  /** From its pods; of a group of {@code size}. */
  public static PodGroup of(Collection<Pod> pods, int size) {
    boolean whole = size > 0 && pods.size() == size;
    boolean countable = pods.stream().allMatch(Pod::isCountable);
    return new PodGroup(
        whole && countable ? pods.stream().mapToInt(Pod::boards).sum() : 0,
        pods.stream()
            .map(ModelArgument::of)
            .filter(model -> !model.isEmpty())
            .findFirst()
            .orElse(""));
  }
}
