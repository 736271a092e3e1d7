package io.tokenwatt.collectors.ownership;

import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.Locale;

/**
 * Two sources that name different owners of one board. The first was believed.
 *
 * @param board as a binding would name it
 */
public record Disagreement(
    String board, OwnershipMethod method, String owner, OwnershipMethod otherMethod, String other) {

  /** For people. */
  @Override
  public String toString() {
    return "board %s: %s says %s (believed), %s says %s"
        .formatted(board, nameOf(method), owner, nameOf(otherMethod), other);
  }

  /** The source's name in metrics: config, pod_resources, pod, slurm. */
  public static String nameOf(OwnershipMethod method) {
    return method.name().substring("OWNERSHIP_".length()).toLowerCase(Locale.ROOT);
  }
}
