package io.tokenwatt.quickstart.fleet.physics;

import java.util.SplittableRandom;

/**
 * What is asked: requests of random length, as a {@link Traffic} describes them. Not thread-safe.
 */
final class Asked {
  private static final int LONGEST_ANSWER = 2048;

  private final int longestPrompt;
  private final EngineRole role;
  private final SplittableRandom random;
  private Traffic traffic;

  Asked(Traffic traffic, int longestPrompt, EngineRole role, SplittableRandom random) {
    this.traffic = traffic;
    this.longestPrompt = longestPrompt;
    this.role = role;
    this.random = random;
  }

  Request at(long us) {
    int prompt = clamp(logNormal(traffic.promptMedian(), traffic.promptSpread()), longestPrompt);
    int output = clamp(logNormal(traffic.outputMedian(), traffic.outputSpread()), LONGEST_ANSWER);
    return Request.asked(us, prompt, cached(prompt), output, reason(), role);
  }

  void mix(Injection.PromptMix mix) {
    traffic = traffic.mixed(mix.prompt(), mix.output(), mix.cached());
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

  private static int clamp(double tokens, int most) {
    return (int) Math.max(1, Math.min(most, Math.round(tokens)));
  }
}
