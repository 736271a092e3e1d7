package io.tokenwatt.quickstart.bench.jobs;

/**
 * The counters of one node: eight boards and one vLLM that runs on all of them. Not thread-safe.
 */
final class LoadNode {
  /** Buckets of vLLM's histograms of {@link LoadRecord#MEASURES}, one after the other. */
  static final int[] BUCKETS = {23, 20, 22, 22};

  final int number;
  final long[] energyMj = new long[LoadPlan.BOARDS];
  final int[] watts = new int[LoadPlan.BOARDS];
  final long[][] counts = new long[BUCKETS.length][];
  final long[] sumUs = new long[BUCKETS.length];
  long output;
  long prompt;
  long requests;
  long seq;

  LoadNode(int number) {
    this.number = number;
    output = 1_000_000L + number;
    prompt = 3_000_000L + number;
    requests = 10_000;
    for (int board = 0; board < LoadPlan.BOARDS; board++) {
      energyMj[board] = 1_000_000_000_000L + 1_000L * number;
    }
    for (int i = 0; i < BUCKETS.length; i++) {
      counts[i] = new long[BUCKETS[i]];
    }
  }

  /** Goes on to {@code tick}; what moves is what {@link LoadPlan} says of it. */
  void advance(long tick) {
    seq++;
    for (int board = 0; board < LoadPlan.BOARDS; board++) {
      watts[board] = LoadPlan.watts(number, board, tick);
      energyMj[board] += watts[board] * (long) LoadPlan.TICK_MS;
    }
    int tokens = LoadPlan.outputTokens(number, tick);
    int ended = LoadPlan.requests(number, tick);
    output += tokens;
    prompt += LoadPlan.promptTokens(number, tick);
    requests += ended;
    for (int i = 0; i < BUCKETS.length; i++) {
      int observations = i == 1 ? tokens : ended;
      int bucket = 2 + LoadPlan.noise(number + i, tick, 6);
      counts[i][bucket] += observations;
      sumUs[i] += observations * 1_000L * (bucket + 1);
    }
  }
}
