package io.tokenwatt.quickstart.bench.workload;

/**
 * The engines of one series as a fluid: prompts wait for their computation, outputs for their
 * steps. Tokens made in a tick and requests running obey Little's law exactly: running = tokens per
 * second x seconds per step. Not thread-safe.
 */
final class Serving {
  /** Engines bound the prompt part of a step, so that decoding never stops. */
  private static final double MOST_PREFILL = 0.85;

  /** Relative difference of a batch to itself, and after how many rounds it is let go. */
  private static final double AGREED = 1e-5;

  private static final int MOST_ROUNDS = 40;

  /** Lengths are remembered over about a hundred requests. */
  private static final double MEMORY = 0.99;

  private final Machine machine;
  private double promptsWaiting;
  private double outputsOwed;
  private double lengthMean = 100;
  private double promptMean = 1_000;
  private boolean full;

  double promptTokens;
  double outputTokens;
  double finished;
  double running;
  double waiting;
  double batch;
  double prefillShare;
  double stepSeconds;

  Serving(Machine machine) {
    this.machine = machine;
  }

  /**
   * One tick.
   *
   * @param computed share of prompt tokens that must be computed
   * @param noise factor on the time of a decode step
   * @param fault factor on the time of decode steps and prompts alike, as a lower clock has it: so
   *     it is the whole change of the time per token at the same batch and mix
   */
  void advance(
      Demand demand, double computed, double noise, double fault, int engines, double seconds) {
    promptsWaiting += demand.prompts;
    outputsOwed += demand.outputs;
    if (demand.requests > 0) {
      double weight = 1 - Math.pow(MEMORY, demand.requests);
      lengthMean += weight * (demand.outputs / demand.requests - lengthMean);
      promptMean += weight * (demand.prompts / demand.requests - promptMean);
    }
    if (engines == 0) {
      rest();
      return;
    }
    double capacity = engines * machine.prefillTokensPerSecond() / fault * seconds;
    double taken = Math.min(promptsWaiting * computed, MOST_PREFILL * capacity);
    promptTokens = taken / computed;
    promptsWaiting -= promptTokens;
    prefillShare = taken / capacity;
    double owed = outputsOwed;
    // The batch decides the step and the step the batch. Both must agree, or the load of the window
    // before would be seen in this one's step, which no engine does.
    double before;
    int rounds = 0;
    do {
      before = batch;
      stepSeconds = machine.stepSeconds(batch, prefillShare, kvUse(engines)) * noise * fault;
      decode(owed, demand.outputs, engines, seconds);
    } while (Math.abs(batch - before) > AGREED * batch && ++rounds < MOST_ROUNDS);
    finished = outputTokens / lengthMean;
    // Only a full batch makes anybody wait; else whoever is owed tokens is running.
    double outstanding = (owed - outputTokens / 2) / lengthMean;
    waiting = promptsWaiting / promptMean + (full ? Math.max(0, outstanding - running) : 0);
  }

  /** Exponential discharge with the residence time of a request, or a full batch. */
  private void decode(double owed, double arrived, int engines, double seconds) {
    double residence = lengthMean * stepSeconds;
    double settled = arrived / seconds * residence;
    double before = owed - arrived;
    double after = settled + (before - settled) * Math.exp(-seconds / residence);
    double most = engines * mostRunning() / stepSeconds * seconds;
    full = before + arrived - after > most;
    outputTokens = full ? most : before + arrived - after;
    outputsOwed = owed - outputTokens;
    running = outputTokens * stepSeconds / seconds;
    batch = running / engines;
  }

  /** Requests that one engine runs at once: as many as it may, or as fit into its cache. */
  private double mostRunning() {
    return Math.min(machine.mostRunning(), machine.kvTokens() / contextMean());
  }

  private double contextMean() {
    return promptMean + lengthMean / 2;
  }

  private void rest() {
    waiting = outputsOwed / lengthMean + promptsWaiting / promptMean;
    promptTokens = 0;
    outputTokens = 0;
    finished = 0;
    running = 0;
    batch = 0;
    prefillShare = 0;
  }

  /** Share of the KV cache in use. */
  double kvUse(int engines) {
    double held = running * contextMean();
    return engines == 0 ? 0 : Math.min(1, held / ((double) engines * machine.kvTokens()));
  }

  double firstTokenSeconds() {
    double prefill = promptMean / machine.prefillTokensPerSecond();
    return (prefill + stepSeconds) / (1 - prefillShare) + queueSeconds();
  }

  private double queueSeconds() {
    return running < 1 ? 0 : waiting / running * lengthMean * stepSeconds;
  }

  double endToEndSeconds() {
    return firstTokenSeconds() + lengthMean * stepSeconds;
  }
}
