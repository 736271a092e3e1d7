package io.tokenwatt.quickstart.fleet.physics;

/**
 * How long one engine step takes and what it costs, by the roofline: the weights and the KV cache
 * of the batch are read from memory once, every token costs two operations per parameter, and the
 * slower of the two dominates. So tokens per second grow with the batch and then saturate.
 *
 * @param tp boards that share the model by tensor parallelism
 */
public record Roofline(Hardware hardware, Slice slice, ServedModel model, int tp) {
  private static final double MEMORY_EFFICIENCY = 0.80;
  private static final double COMPUTE_EFFICIENCY = 0.55;
  private static final double LAUNCH_US = 1500;

  /** Power above idle, as shares of (limit - idle) at full activity; together they may exceed 1. */
  private static final double WATTS_BUSY = 0.20;

  private static final double WATTS_DRAM = 0.45;
  private static final double WATTS_TENSOR = 1.0;

  /** Voltage falls with the clock, and power with the voltage's square; part of it is fixed. */
  private static final double CLOCK_EXPONENT = 1.2;

  private static final double LOWEST_CLOCK = 0.35;

  /** PCIe 5.0 x16, one way, as collectives reach it. */
  private static final double PCIE_BYTES_PER_US = 45_000;

  /** What a small all-reduce takes longer over PCIe than over NVLink. */
  private static final double PCIE_LATENCY_US = 30;

  /** One step: its duration and what it does to each of the boards. */
  public record Step(long durationUs, Activity activity) {}

  /** The same with nothing in the way but a power limit. */
  public Step step(int tokens, long contextTokens, double limitWatts) {
    return step(tokens, contextTokens, Terms.free(limitWatts));
  }

  /**
   * @param tokens tokens that go through the model: one per decoding request, plus the prompt
   *     tokens of this step
   * @param contextTokens tokens whose K and V the decoding requests read
   * @param terms above whose clock it never runs; it falls further where the power limit is below
   *     what the step would draw
   */
  Step step(int tokens, long contextTokens, Terms terms) {
    Step free = at(terms.clock(), tokens, contextTokens, terms);
    double room = Math.max(1, terms.limitWatts() - hardware.loadedIdleWatts()) * slice.compute();
    if (free.activity().dynamicWatts() <= room) {
      return free;
    }
    return at(clockFor(room, tokens, contextTokens, terms), tokens, contextTokens, terms);
  }

  /** The highest clock whose power fits, by bisection: power grows with the clock. */
  private double clockFor(double room, int tokens, long contextTokens, Terms terms) {
    double low = Math.min(LOWEST_CLOCK, terms.clock());
    double high = terms.clock();
    for (int i = 0; i < 12; i++) {
      double middle = (low + high) / 2;
      boolean fits = at(middle, tokens, contextTokens, terms).activity().dynamicWatts() <= room;
      low = fits ? middle : low;
      high = fits ? high : middle;
    }
    return low;
  }

  /** Tokens of K and V that fit beside the weights in 90 % of the memory. */
  public long kvTokens() {
    double memory = 0.9 * hardware.memoryMib() * 1048576.0 * slice.memory() * tp;
    return Math.max(0, (long) ((memory - model.weightBytes()) / model.kvBytesPerToken()));
  }

  /** Memory of one board that the engine takes, MiB; vLLM takes its share at the start. */
  public int memoryMib() {
    return (int) (0.9 * hardware.memoryMib() * slice.memory());
  }

  private Step at(double clock, int tokens, long contextTokens, Terms terms) {
    double bytes = (model.weightBytes() + (double) contextTokens * model.kvBytesPerToken()) / tp;
    double operations = tokens * model.operationsPerToken() / tp;
    double bytesPerUs = hardware.terabytesPerSecond() * 1e6 * slice.memory();
    double operationsPerUs = hardware.tflops() * 1e6 * slice.compute();
    double memoryUs = bytes / (bytesPerUs * MEMORY_EFFICIENCY * Math.sqrt(clock) * terms.memory());
    double computeUs = operations / (operationsPerUs * COMPUTE_EFFICIENCY * clock);
    double launchUs =
        (LAUNCH_US + model.layers() * (tp > 1 ? 12 : 4)) / Math.sqrt(clock) * terms.launches();
    double exchanged = tp > 1 ? model.exchangedBytes(tokens, tp) : 0;
    // The model's time on NVLink is in the constants; only what goes another way adds to it.
    double linkUs =
        tp > 1
            ? terms.moved() * (exchanged / PCIE_BYTES_PER_US + 2 * model.layers() * PCIE_LATENCY_US)
            : 0;
    double alone = launchUs + Math.max(memoryUs, computeUs) + 0.3 * Math.min(memoryUs, computeUs);
    double us = alone * terms.kernels() / terms.share() + linkUs;
    double gr = 1 - 0.6 * launchUs / us;
    double dram = Math.min(1, bytes / (bytesPerUs * us));
    double tensor = Math.min(1, operations / (operationsPerUs * us));
    double watts = dynamicWatts(terms.share() * gr, dram, tensor) * Math.pow(clock, CLOCK_EXPONENT);
    long reasons = clock < terms.clock() ? Reason.POWER_CAP : terms.reasons();
    Activity activity =
        new Activity(
            true,
            gr,
            0.93 * gr,
            tensor,
            dram,
            watts,
            clock,
            memoryMib(),
            reasons,
            (1 - terms.moved()) * exchanged / us,
            terms.moved() * exchanged / us);
    return new Step(Math.round(us), activity);
  }

  private double dynamicWatts(double gr, double dram, double tensor) {
    double share = WATTS_BUSY * gr + WATTS_DRAM * dram + WATTS_TENSOR * tensor;
    double range = hardware.boardWatts() - hardware.loadedIdleWatts();
    return Math.min(1, share) * range * slice.compute();
  }
}
