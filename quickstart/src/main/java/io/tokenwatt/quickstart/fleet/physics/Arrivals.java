package io.tokenwatt.quickstart.fleet.physics;

import java.util.SplittableRandom;

/**
 * Requests in the order of arrival: a Poisson stream whose rate jumps between calm and burst (a
 * Markov-modulated Poisson process) and follows the hour of the day. The arrival times fall on no
 * grid. Not thread-safe.
 */
final class Arrivals implements RequestSource {
  private static final double CALM = 0.76;
  private static final double BURST = 1.8;
  private static final double CALM_SECONDS = 40;
  private static final double BURST_SECONDS = 12;

  private Traffic traffic;
  private final double perSecond;
  private final Daylight daylight;
  private final int longestPrompt;
  private final EngineRole role;
  private final SplittableRandom random;
  private boolean burst;
  private long switchUs;
  private long nextUs;

  Arrivals(
      Traffic traffic,
      double perSecond,
      Daylight daylight,
      int longestPrompt,
      EngineRole role,
      SplittableRandom random,
      long startUs) {
    this.traffic = traffic;
    this.perSecond = perSecond;
    this.daylight = daylight;
    this.longestPrompt = longestPrompt;
    this.role = role;
    this.random = random;
    this.switchUs = startUs + exponentialUs(CALM_SECONDS);
    this.nextUs = startUs;
    advance();
  }

  @Override
  public long nextUs() {
    return nextUs;
  }

  @Override
  public Request take() {
    int prompt = clamp(logNormal(traffic.promptMedian(), traffic.promptSpread()), longestPrompt);
    int output = clamp(logNormal(traffic.outputMedian(), traffic.outputSpread()), 2048);
    Request request = Request.asked(nextUs, prompt, cached(prompt), output, reason(), role);
    advance();
    return request;
  }

  @Override
  public void mix(Injection.PromptMix mix) {
    traffic =
        new Traffic(
            traffic.promptMedian() * mix.prompt(),
            traffic.promptSpread(),
            traffic.outputMedian() * mix.output(),
            traffic.outputSpread(),
            Math.min(0.95, traffic.cachedShare() * mix.cached()),
            traffic.meanBatch());
  }

  /** The next arrival; at each change of state the wait begins anew, as memoryless waits may. */
  private void advance() {
    long from = nextUs;
    while (true) {
      double rate = perSecond * (burst ? BURST : CALM) * daylight.factor(from);
      long candidate = from + Math.max(1, exponentialUs(1 / rate));
      if (candidate < switchUs) {
        nextUs = candidate;
        return;
      }
      from = switchUs;
      burst = !burst;
      switchUs += Math.max(1, exponentialUs(burst ? BURST_SECONDS : CALM_SECONDS));
    }
  }

  /** vLLM caches whole blocks of 16 tokens and always computes the last one. */
  private int cached(int prompt) {
    double share = Math.min(1, 2 * traffic.cachedShare() * random.nextDouble());
    return (int) ((prompt - 1) * share) / 16 * 16;
  }

  private FinishReason reason() {
    int percent = random.nextInt(100);
    return percent < 88
        ? FinishReason.STOP
        : percent < 99 ? FinishReason.LENGTH : FinishReason.ABORT;
  }

  private double logNormal(double median, double spread) {
    return median * Math.exp(spread * random.nextGaussian());
  }

  private long exponentialUs(double meanSeconds) {
    return Math.round(-Math.log(1 - random.nextDouble()) * meanSeconds * 1e6);
  }

  private static int clamp(double tokens, int most) {
    return (int) Math.max(1, Math.min(most, Math.round(tokens)));
  }
}
