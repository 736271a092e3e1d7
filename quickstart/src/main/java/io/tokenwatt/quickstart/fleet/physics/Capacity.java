package io.tokenwatt.quickstart.fleet.physics;

/** What fits one rank. Not thread-safe. */
final class Capacity {
  /** Tokens in all blocks of the KV cache. */
  final long kvTokens;

  /** Tokens in blocks that nobody can use any more. */
  long lostTokens;

  /** Requests that run at once. */
  int mostRequests = 256;

  Capacity(long kvTokens) {
    this.kvTokens = kvTokens;
  }

  void lose(double share) {
    lostTokens = Math.round(share * kvTokens);
  }

  long usableTokens() {
    return kvTokens - lostTokens;
  }

  /** Whether admission has to be careful no more: what is lost is not known to it. */
  boolean isShort() {
    return lostTokens > 0;
  }
}
