package io.tokenwatt.quickstart.bench.workload;

/**
 * How one engine with its boards behaves. The constants of {@link #KINDS} follow the rows of
 * ML.ENERGY's leaderboard v2 (time per output token and energy per request by batch size): time per
 * step grows from a floor about linearly with the batch, power grows quickly and then hardly.
 *
 * @param boards boards of one engine
 * @param idleWatts of one board with the model loaded and nothing running
 * @param decodeWatts above idle while anything runs
 * @param batchWatts above that with a large batch
 * @param halfBatch batch at which half of batchWatts is drawn
 * @param prefillWatts above that while computing prompts all the time
 * @param stepSeconds of a decode step with an empty batch
 * @param stepSecondsPerRequest more for each running request
 * @param prefillTokensPerSecond prompt tokens that one engine computes in a second
 * @param kvTokens tokens that fit into one engine's KV cache
 * @param mostRunning requests that one engine runs at once
 */
record Machine(
    String hardware,
    String model,
    String precision,
    int boards,
    double idleWatts,
    double decodeWatts,
    double batchWatts,
    double halfBatch,
    double prefillWatts,
    double stepSeconds,
    double stepSecondsPerRequest,
    double prefillTokensPerSecond,
    long kvTokens,
    int mostRunning) {

  static final Machine[] KINDS = {
    new Machine(
        "h100-80gb-sxm",
        "llama-3.1-8b",
        "bf16",
        1,
        115,
        95,
        80,
        24,
        180,
        0.0085,
        0.000_19,
        38_000,
        430_000,
        256),
    new Machine(
        "h100-80gb-sxm",
        "llama-3.1-70b",
        "bf16",
        4,
        118,
        105,
        70,
        32,
        190,
        0.021,
        0.000_23,
        14_000,
        420_000,
        256),
    new Machine(
        "a100-40gb-sxm",
        "mixtral-8x7b",
        "bf16",
        4,
        62,
        60,
        55,
        40,
        120,
        0.024,
        0.000_35,
        9_000,
        330_000,
        192)
  };

  /** A full cache takes this share of the time that the weights take to read. */
  private static final double KV_READ = 0.3;

  /**
   * Seconds between two tokens of a request.
   *
   * @param batch running requests of one engine
   * @param prefillShare share of time spent on prompts, below 1
   * @param kvUse share of the KV cache in use: a step reads all of it
   */
  double stepSeconds(double batch, double prefillShare, double kvUse) {
    double decode = stepSeconds * (1 + KV_READ * kvUse);
    return (decode + stepSecondsPerRequest * Math.max(0, batch - 1)) / (1 - prefillShare);
  }

  /** Watts of one board. */
  double watts(double batch, double prefillShare) {
    double busy = 1 - Math.exp(-batch);
    return idleWatts
        + busy * (decodeWatts + batchWatts * batch / (batch + halfBatch))
        + prefillWatts * prefillShare;
  }
}
