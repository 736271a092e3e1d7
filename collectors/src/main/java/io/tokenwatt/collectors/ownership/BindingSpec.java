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
 * @param engineGroup the same on the head and the workers of one engine that spans nodes; "" = none
 * @param boardsRequired boards the engine runs on, over all nodes; 0 = unknown
 * @param pairGroup the same on the prefill and decode servers of a pair; "" = none
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
    int members,
    String engineGroup,
    int boardsRequired,
    String pairGroup) {

  /** An inference workload that generates text. */
  public static BindingSpec of(String workload, List<BoardRef> gpus, List<String> engines) {
    return new BindingSpec(
        workload,
        "",
        "inference",
        "both",
        "generate",
        "",
        "",
        Optional.of(gpus),
        engines,
        1,
        "",
        0,
        "");
  }

  BindingSpec withOwner(String otherOwner, String otherKind) {
    return new BindingSpec(
        workload,
        otherOwner,
        otherKind,
        role,
        task,
        model,
        precision,
        gpus,
        engines,
        members,
        engineGroup,
        boardsRequired,
        pairGroup);
  }

  BindingSpec withGroup(int otherMembers, int otherBoards, String otherModel) {
    return new BindingSpec(
        workload,
        owner,
        kind,
        role,
        task,
        otherModel,
        precision,
        gpus,
        engines,
        otherMembers,
        engineGroup,
        otherBoards,
        pairGroup);
  }

  /** Without what differs from node to node. */
  BindingSpec anywhere() {
    return new BindingSpec(
        workload,
        owner,
        kind,
        role,
        task,
        model,
        precision,
        Optional.empty(),
        List.of(),
        members,
        engineGroup,
        boardsRequired,
        pairGroup);
  }
}
