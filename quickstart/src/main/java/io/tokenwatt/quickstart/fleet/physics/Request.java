package io.tokenwatt.quickstart.fleet.physics;

/** One request on its way through an engine; times in microseconds of event time. */
final class Request {
  final long arrivedUs;
  final int promptTokens;
  final int cachedTokens;
  final int outputTokens;
  final FinishReason reason;
  long admittedUs;
  long firstTokenUs;
  int promptTokensLeft;
  long finishStep;

  Request(
      long arrivedUs, int promptTokens, int cachedTokens, int outputTokens, FinishReason reason) {
    this.arrivedUs = arrivedUs;
    this.promptTokens = promptTokens;
    this.cachedTokens = cachedTokens;
    this.outputTokens = outputTokens;
    this.reason = reason;
    this.promptTokensLeft = promptTokens - cachedTokens;
  }
}
