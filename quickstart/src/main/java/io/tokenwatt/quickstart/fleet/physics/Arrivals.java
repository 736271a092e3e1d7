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

  private final Asked asked;
  private final double perSecond;
  private final Daylight daylight;
  private final SplittableRandom random;
  private boolean burst;
  private long switchUs;
  private long nextUs;

  Arrivals(
      Asked asked, double perSecond, Daylight daylight, SplittableRandom random, long startUs) {
    this.asked = asked;
    this.perSecond = perSecond;
    this.daylight = daylight;
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
    Request request = asked.at(nextUs);
    advance();
    return request;
  }

  @Override
  public void mix(Injection.PromptMix mix) {
    asked.mix(mix);
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

  private long exponentialUs(double meanSeconds) {
    return Math.round(-Math.log(1 - random.nextDouble()) * meanSeconds * 1e6);
  }
}
