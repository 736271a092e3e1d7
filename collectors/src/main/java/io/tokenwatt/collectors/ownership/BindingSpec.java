package io.tokenwatt.collectors.ownership;

import java.util.List;
import java.util.Optional;

/**
 * One entry of {@code bindings}: a workload and what it owns on one node.
 *
 * @param workload "" = the model's name, else the engine's
 * @param owner the team that pays; "" = unknown
 * @param kind inference, training, batch or other
 * @param role prefill, decode or both
 * @param task generate, embed, rerank or other
 * @param model for workloads whose engine does not answer on this node; "" = as the engine says
 * @param precision fp8, bf16 …; "" = from the catalogue
 * @param gpus empty = not told; an empty list = no board of this node
 * @param engines names of targets
 * @param members nodes that make up the workload's engine; 0 or 1 = this node alone
 */
public record BindingSpec(
    String workload,
    String owner,
    String kind,
    String role,
    String task,
    String model,
    String precision,
    Optional<List<BoardRef>> gpus,
    List<String> engines,
    int members) {

  /** An inference workload that generates text. */
  public static BindingSpec of(String workload, List<BoardRef> gpus, List<String> engines) {
    return new BindingSpec(
        workload, "", "inference", "both", "generate", "", "", Optional.of(gpus), engines, 1);
  }
}
