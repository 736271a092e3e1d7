package io.tokenwatt.collectors.ownership;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that tells who owns what on one node, besides the boards and engines themselves. Immutable.
 *
 * @param bindings of the configuration; they win
 * @param grants of the kubelet; empty = it is not asked or does not answer
 * @param podOfTarget in which pod a target runs, where that is known
 */
public record Knowledge(
    List<BindingSpec> bindings,
    PodBook pods,
    PodRules podRules,
    Optional<List<DeviceGrant>> grants,
    SlurmRules slurm,
    Map<String, PodRef> podOfTarget) {

  /** Only what the configuration says, and the exporters' labels. */
  public static Knowledge of(List<BindingSpec> bindings) {
    return new Knowledge(
        bindings, PodBook.NONE, PodRules.DEFAULT, Optional.empty(), SlurmRules.NONE, Map.of());
  }

  public Knowledge {
    bindings = List.copyOf(bindings);
    podOfTarget = Map.copyOf(podOfTarget);
  }

  public Knowledge with(SlurmRules other) {
    return new Knowledge(bindings, pods, podRules, grants, other, podOfTarget);
  }
}
