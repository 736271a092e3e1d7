package io.tokenwatt.quickstart.fleet.physics;

/**
 * How many requests per second keep a rank at its mean batch (Little's law), and no more than it
 * can bear: bursts at the busiest hour may queue, an ordinary afternoon must not.
 */
final class LoadPlan {
  private static final int ROUNDS = 20;
  private static final int FULL_BATCH = 200;
  private static final double SHARE_OF_CAPACITY = 0.45;
  private static final int STEP_TOKENS = 8192;
  private static final double SHARE_OF_PROMPTS = 0.35;

  private LoadPlan() {}

  static double requestsPerSecond(Traffic traffic, Roofline roofline) {
    double fits = roofline.kvTokens() / (traffic.promptMean() + traffic.outputMean());
    double capacity = rate(traffic, roofline, Math.min(FULL_BATCH, 0.9 * fits));
    return Math.min(rate(traffic, roofline, traffic.meanBatch()), SHARE_OF_CAPACITY * capacity);
  }

  /** How many callers who think in between ask as often; at least one. */
  static int callers(Traffic traffic, Roofline roofline) {
    double asked = requestsPerSecond(traffic, roofline);
    double batch = traffic.meanBatch() * asked / rate(traffic, roofline, traffic.meanBatch());
    return (int) Math.max(1, Math.round(batch + asked * traffic.thinkSeconds()));
  }

  /** For an engine that computes prompts alone. */
  static double promptsPerSecond(Traffic traffic, Roofline roofline) {
    double computed = traffic.promptMean() * (1 - traffic.cachedShare());
    Roofline.Step full = roofline.step(STEP_TOKENS, 0, roofline.hardware().boardWatts());
    return SHARE_OF_PROMPTS * STEP_TOKENS / (full.durationUs() / 1e6) / computed;
  }

  private static double rate(Traffic traffic, Roofline roofline, double batch) {
    double context = traffic.promptMean() + traffic.outputMean() / 2;
    double computed = traffic.promptMean() * (1 - traffic.cachedShare());
    double promptPerStep = 0;
    double rate = 0;
    for (int i = 0; i < ROUNDS; i++) {
      Roofline.Step step =
          roofline.step(
              (int) Math.round(batch + promptPerStep),
              Math.round(batch * context),
              roofline.hardware().boardWatts());
      double seconds = step.durationUs() / 1e6;
      rate = batch / (traffic.outputMean() * seconds);
      // Half way each round: the fixed point is approached without swinging.
      promptPerStep = (promptPerStep + Math.min(8192, rate * computed * seconds)) / 2;
    }
    return rate;
  }
}
