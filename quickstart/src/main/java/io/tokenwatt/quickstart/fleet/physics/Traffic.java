package io.tokenwatt.quickstart.fleet.physics;

/**
 * What people ask of a workload. Lengths are log-normal; the chat figures are those of the Azure
 * 2023 conversation trace (prompt P50 1020, P95 4083; output P50 129, P95 451).
 *
 * @param promptMedian prompt tokens
 * @param promptSpread sigma of the log
 * @param outputMedian output tokens
 * @param outputSpread sigma of the log
 * @param cachedShare mean share of a prompt that the prefix cache answers
 * @param meanBatch requests in the engine on average; the arrival rate follows from it
 * @param thinkSeconds callers wait for the answer and ask again after so long, on average; 0 = they
 *     are many and none waits for another
 */
public record Traffic(
    double promptMedian,
    double promptSpread,
    double outputMedian,
    double outputSpread,
    double cachedShare,
    double meanBatch,
    double thinkSeconds) {

  public static final Traffic CHAT = new Traffic(1020, 0.84, 129, 0.76, 0.15, 24);

  /** Each works with an answer, a tool call say, before it asks again. */
  public static final Traffic AGENTS = new Traffic(2600, 0.70, 220, 0.60, 0.55, 28, 0.5);

  public static final Traffic SUMMARIES = new Traffic(1800, 0.60, 180, 0.50, 0.05, 32);
  public static final Traffic REVIEWS = new Traffic(2200, 0.60, 320, 0.50, 0.10, 24);

  /** Passages to be searched; the answer is a vector. */
  public static final Traffic PASSAGES = new Traffic(240, 0.55, 1, 0, 0, 8);

  public static final Traffic SMALL = new Traffic(260, 0.60, 60, 0.60, 0.10, 6);

  /** Nobody waits. */
  public Traffic(
      double promptMedian,
      double promptSpread,
      double outputMedian,
      double outputSpread,
      double cachedShare,
      double meanBatch) {
    this(promptMedian, promptSpread, outputMedian, outputSpread, cachedShare, meanBatch, 0);
  }

  /** Other lengths, by factors. */
  Traffic mixed(double prompt, double output, double cached) {
    return new Traffic(
        promptMedian * prompt,
        promptSpread,
        outputMedian * output,
        outputSpread,
        Math.min(0.95, cachedShare * cached),
        meanBatch,
        thinkSeconds);
  }

  /** The mean of a log-normal is above its median. */
  double promptMean() {
    return promptMedian * Math.exp(promptSpread * promptSpread / 2);
  }

  double outputMean() {
    return outputMedian * Math.exp(outputSpread * outputSpread / 2);
  }
}
