package io.tokenwatt.quickstart.fleet.physics;

/**
 * Everything one data-parallel rank has counted since its process started; a restart replaces it.
 * Not thread-safe.
 */
public final class EngineCounters {
  private final long[] finished = new long[FinishReason.values().length];
  private long outputTokens;
  private long computedTokens;
  private long cachedTokens;

  public final Histogram promptTokens;
  public final Histogram generationTokens;
  public final Histogram iterationTokens = Histogram.ofTokens(Buckets.ITERATION_TOKENS);
  public final Histogram ttft = Histogram.ofSeconds(Buckets.TTFT);
  public final Histogram interToken = Histogram.ofSeconds(Buckets.PER_TOKEN);
  public final Histogram perOutputToken = Histogram.ofSeconds(Buckets.PER_TOKEN);
  public final Histogram endToEnd = Histogram.ofSeconds(Buckets.REQUEST);
  public final Histogram queue = Histogram.ofSeconds(Buckets.REQUEST);
  public final Histogram inference = Histogram.ofSeconds(Buckets.REQUEST);
  public final Histogram prefill = Histogram.ofSeconds(Buckets.REQUEST);
  public final Histogram decode = Histogram.ofSeconds(Buckets.REQUEST);

  EngineCounters(int maxModelLen) {
    promptTokens = Histogram.ofTokens(Buckets.tokens(maxModelLen));
    generationTokens = Histogram.ofTokens(Buckets.tokens(maxModelLen));
  }

  public long outputTokens() {
    return outputTokens;
  }

  /** Prompt tokens, cached included. */
  public long promptTokens() {
    return computedTokens + cachedTokens;
  }

  public long computedTokens() {
    return computedTokens;
  }

  public long cachedTokens() {
    return cachedTokens;
  }

  public long finished(FinishReason reason) {
    return finished[reason.ordinal()];
  }

  public long finished() {
    long sum = 0;
    for (long count : finished) {
      sum += count;
    }
    return sum;
  }

  /** A step of the decoding batch: one token each, after the same wait. */
  void decoded(int requests, long stepUs) {
    if (requests > 0) {
      outputTokens += requests;
      interToken.observe(stepUs, requests);
    }
  }

  /** The prompt is computed and the first token is out. */
  void firstToken(Request request) {
    outputTokens++;
    cachedTokens += request.cachedTokens;
    computedTokens += request.promptTokens - request.cachedTokens;
    ttft.observe(request.firstTokenUs - request.arrivedUs);
  }

  void finish(Request request, long atUs) {
    finished[request.reason.ordinal()]++;
    promptTokens.observe(request.promptTokens);
    generationTokens.observe(request.outputTokens);
    endToEnd.observe(atUs - request.arrivedUs);
    queue.observe(request.admittedUs - request.arrivedUs);
    inference.observe(atUs - request.admittedUs);
    prefill.observe(request.firstTokenUs - request.admittedUs);
    decode.observe(atUs - request.firstTokenUs);
    int later = request.outputTokens - 1;
    perOutputToken.observe(later == 0 ? 0 : (atUs - request.firstTokenUs) / later);
  }
}
