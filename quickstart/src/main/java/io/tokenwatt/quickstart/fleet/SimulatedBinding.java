package io.tokenwatt.quickstart.fleet;

import java.util.List;

/**
 * Who owns which boards and engines of a node.
 *
 * @param gpus board UUIDs; with {@code /n} behind, only MIG instance n (GPU_I_ID)
 * @param engines names of targets
 */
public record SimulatedBinding(
    String workload, String owner, String model, List<String> gpus, List<String> engines) {}
