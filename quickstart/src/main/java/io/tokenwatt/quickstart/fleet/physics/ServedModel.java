package io.tokenwatt.quickstart.fleet.physics;

/**
 * A model as one engine serves it.
 *
 * @param name {@code model_name} of the engine's metrics
 * @param precision what it runs in
 * @param billions parameters
 * @param bytesPerParameter 2 for BF16
 * @param layers transformer layers; each costs kernel launches and, sharded, an all-reduce
 * @param kvBytesPerToken K and V of one token over all layers
 * @param maxModelLen context limit; the last bound of vLLM's token histograms follows from it
 */
public record ServedModel(
    String name,
    String precision,
    double billions,
    double bytesPerParameter,
    int layers,
    long kvBytesPerToken,
    int maxModelLen) {

  public static final ServedModel LLAMA_70B =
      new ServedModel("meta-llama/Llama-3.3-70B-Instruct", "bf16", 70.6, 2, 80, 327_680, 32_768);
  public static final ServedModel LLAMA_405B =
      new ServedModel("meta-llama/Llama-3.1-405B-Instruct", "bf16", 405.9, 2, 126, 516_096, 32_768);
  public static final ServedModel BGE_M3 =
      new ServedModel("BAAI/bge-m3", "fp16", 0.568, 2, 24, 98_304, 8_192);
  public static final ServedModel QWEN_32B =
      new ServedModel("Qwen/Qwen3-32B", "bf16", 32.8, 2, 64, 262_144, 32_768);
  public static final ServedModel LLAMA_8B =
      new ServedModel("meta-llama/Llama-3.1-8B-Instruct", "bf16", 8.03, 2, 32, 131_072, 32_768);
  public static final ServedModel QWEN_4B =
      new ServedModel("Qwen/Qwen3-4B", "bf16", 4.02, 2, 36, 147_456, 8_192);
  public static final ServedModel QWEN_1_7B =
      new ServedModel("Qwen/Qwen3-1.7B", "bf16", 1.72, 2, 28, 114_688, 8_192);
  public static final ServedModel QWEN_0_6B =
      new ServedModel("Qwen/Qwen3-0.6B", "bf16", 0.6, 2, 28, 114_688, 8_192);

  /** Bytes of all weights. */
  public double weightBytes() {
    return billions * 1e9 * bytesPerParameter;
  }

  /**
   * Bytes that one board sends for a step of tensor parallelism: two all-reduces a layer of two
   * bytes per hidden value, as a ring; the hidden size follows from 12 x layers x hidden^2
   * parameters.
   */
  double exchangedBytes(int tokens, int boards) {
    double hidden = Math.sqrt(billions * 1e9 / (12.0 * layers));
    return 2.0 * layers * tokens * hidden * 2 * 2 * (boards - 1) / boards;
  }

  /** Operations for one token: two per parameter. */
  double operationsPerToken() {
    return 2e9 * billions;
  }
}
