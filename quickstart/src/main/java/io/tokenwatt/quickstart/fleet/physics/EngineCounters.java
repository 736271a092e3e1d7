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
  private long cachedTokensFinished;
  private long transferredTokens;
  private long preemptions;
  private final EngineKind kind;

  public final Histogram promptTokens;
  public final Histogram generationTokens;
  public final Histogram iterationTokens = Histogram.ofTokens(Buckets.ITERATION_TOKENS);
  public final Histogram ttft;
  public final Histogram interToken;
  public final Histogram perOutputToken;
  public final Histogram endToEnd;
  public final Histogram queue;
  public final Histogram inference;
  public final Histogram prefill;
  public final Histogram decode;

  EngineCounters(EngineKind kind, int maxModelLen) {
    this.kind = kind;
    ttft = Histogram.ofSeconds(kind.ttft);
    interToken = Histogram.ofSeconds(kind.perToken);
    perOutputToken = Histogram.ofSeconds(kind.perToken);
    endToEnd = Histogram.ofSeconds(kind.request);
    queue = Histogram.ofSeconds(kind.queue);
    inference = Histogram.ofSeconds(kind.request);
    prefill = Histogram.ofSeconds(kind.request);
    decode = Histogram.ofSeconds(kind.request);
    promptTokens = Histogram.ofTokens(Buckets.tokens(maxModelLen));
    generationTokens = Histogram.ofTokens(Buckets.tokens(maxModelLen));
  }

  /** As the engine's counter shows them: up to now, or those of ended requests. */
  public long outputTokens() {
    return kind == EngineKind.SGLANG ? generationTokens.sum() : outputTokens;
  }

  /** Cached ones and transferred ones included; as the engine's counter shows them. */
  public long promptTokens() {
    return kind == EngineKind.SGLANG
        ? promptTokens.sum()
        : computedTokens + cachedTokens + transferredTokens;
  }

  /** Output tokens up to now, whatever the engine shows. */
  long generatedTokens() {
    return outputTokens;
  }

  public long computedTokens() {
    return computedTokens;
  }

  /** From this engine's prefix cache; as the engine's counter shows them. */
  public long cachedTokens() {
    return kind == EngineKind.SGLANG ? cachedTokensFinished : cachedTokens;
  }

  /** Prompt tokens whose K and V came from another engine. */
  public long transferredTokens() {
    return transferredTokens;
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
    outputTokens += Math.min(1, request.outputTokens);
    cachedTokens += request.cachedTokens;
    transferredTokens += request.transferredTokens;
    computedTokens += request.promptTokens - request.cachedTokens - request.transferredTokens;
    ttft.observe(request.firstTokenUs - request.arrivedUs);
  }

  /** A preempted request goes on: the token that its recomputation gives. */
  void resumed() {
    outputTokens++;
  }

  void preempted() {
    preemptions++;
  }

  public long preemptions() {
    return preemptions;
  }

  void finish(Request request, long atUs) {
    finished[reasonShown(request).ordinal()]++;
    cachedTokensFinished += request.cachedTokens;
    promptTokens.observe(request.promptTokens);
    generationTokens.observe(request.outputTokens);
    endToEnd.observe(atUs - request.arrivedUs);
    queue.observe(request.admittedUs - request.arrivedUs);
    inference.observe(atUs - request.admittedUs);
    prefill.observe(request.firstTokenUs - request.admittedUs);
    decode.observe(atUs - request.firstTokenUs);
    int later = request.outputTokens - 1;
    perOutputToken.observe(later <= 0 ? 0 : (atUs - request.firstTokenUs) / later);
  }

  /** A prefill server stops after the one token that it may give; a vector is always whole. */
  private static FinishReason reasonShown(Request request) {
    if (request.outputTokens == 0) {
      return FinishReason.STOP;
    }
    return request.outputTokens < request.answerTokens ? FinishReason.LENGTH : request.reason;
  }
}
