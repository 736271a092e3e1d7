package io.tokenwatt.quickstart.fleet.physics;

/** One request on its way through an engine; times in microseconds of event time. */
final class Request {
  final long arrivedUs;
  final int promptTokens;
  final int cachedTokens;

  /** Prompt tokens whose K and V came from another engine. */
  final int transferredTokens;

  /** That this engine generates: all of the answer, one on a prefill server, none for a vector. */
  final int outputTokens;

  /** Of the whole answer, whoever generates it. */
  final int answerTokens;

  /** How the request ends for the person who asked. */
  final FinishReason reason;

  /** When that person asked. */
  final long askedUs;

  /** Prompt tokens that the prefix cache answered, on whichever engine. */
  final int promptCachedTokens;

  long admittedUs;
  long firstTokenUs = -1;
  int promptTokensLeft;

  /** Output tokens that it had when it was preempted. */
  int doneTokens;

  long firstStep;
  long finishStep;

  private Request(
      long arrivedUs,
      int promptTokens,
      int cachedTokens,
      int transferredTokens,
      int outputTokens,
      int answerTokens,
      FinishReason reason,
      long askedUs,
      int promptCachedTokens) {
    this.arrivedUs = arrivedUs;
    this.promptTokens = promptTokens;
    this.cachedTokens = cachedTokens;
    this.transferredTokens = transferredTokens;
    this.outputTokens = outputTokens;
    this.answerTokens = answerTokens;
    this.reason = reason;
    this.askedUs = askedUs;
    this.promptCachedTokens = promptCachedTokens;
    this.promptTokensLeft = promptTokens - cachedTokens - transferredTokens;
  }

  /** As somebody asks it. */
  static Request asked(
      long atUs, int prompt, int cached, int answer, FinishReason reason, EngineRole role) {
    int output =
        switch (role) {
          case BOTH, DECODE -> answer;
          case PREFILL -> 1;
          case EMBED -> 0;
        };
    int whole = role == EngineRole.EMBED ? 0 : answer;
    return new Request(atUs, prompt, cached, 0, output, whole, reason, atUs, cached);
  }

  /** The same on the decode server: the last token of the prompt is always computed there. */
  Request decoding(long atUs) {
    return new Request(
        atUs,
        promptTokens,
        0,
        promptTokens - 1,
        answerTokens,
        answerTokens,
        reason,
        askedUs,
        promptCachedTokens);
  }
}
