package io.tokenwatt.quickstart.fleet;

import java.util.List;

/**
 * Who owns which boards and engines of a node.
 *
 * @param kind inference or training
 * @param role prefill, decode or both
 * @param task generate or embed
 * @param gpus board UUIDs (AMD: serial numbers); with {@code /n} behind, only MIG instance n
 *     (GPU_I_ID) or partition n
 * @param engines names of targets
 * @param members nodes that the engine runs on
 * @param boardsRequired boards that the engine runs on, over all its nodes; 0 = those named here
 * @param engineGroup the same on all nodes of an engine; "" = it is on one
 * @param pairGroup the same on a prefill and its decode server; "" = neither
 */
public record SimulatedBinding(
    String workload,
    String owner,
    String kind,
    String role,
    String task,
    String model,
    List<String> gpus,
    List<String> engines,
    int members,
    int boardsRequired,
    String engineGroup,
    String pairGroup) {}
