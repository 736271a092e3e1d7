package io.tokenwatt.collectors.agent;

import io.tokenwatt.collectors.kubernetes.KubernetesSpec;
import io.tokenwatt.collectors.ownership.SlurmRules;
import java.util.Optional;

/**
 * Who tells, besides bindings, whose the boards are.
 *
 * @param kubernetes of the agent's own node; empty = nobody is asked, pod labels are all there is
 * @param slurm how job labels are read
 */
public record OwnershipSpec(Optional<KubernetesSpec> kubernetes, SlurmRules slurm) {
  public static final OwnershipSpec NONE = new OwnershipSpec(Optional.empty(), SlurmRules.NONE);

  public static OwnershipSpec of(KubernetesSpec kubernetes) {
    return new OwnershipSpec(Optional.of(kubernetes), SlurmRules.NONE);
  }
}
