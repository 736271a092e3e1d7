package io.tokenwatt.jobs.regression;

/**
 * What the load lets expect. Time and energy add up, so in units of the level at the centre:
 * measure = smooth curve of the load + share of the prompts + share of the context, by recursive
 * least squares with a prior, which is Bayesian linear regression (Bishop, Pattern Recognition and
 * Machine Learning, 2006, 3.3). Noise is relative.
 *
 * <p>It learns where it does not know and stands still where it does: once the expectation at a
 * load is known to {@link #KNOWN}, windows there move it no more. So it cannot follow a drift.
 * Where no window was like this one, the standard error is wide by itself (leverage).
 */
final class Reference {
  /** Relative standard error at which learning stops. */
  static final double KNOWN = 0.002;

  static final int MIX = 5;
  static final int SIZE = Spline.SIZE + MIX;
  private static final int ACTIVE = Spline.WIDTH + MIX;

  private static final double LEVEL_SD = 0.1;
  private static final double BEND_SD = 0.2;
  private static final double BATCHING_SD = 0.5;

  /** Of a uniform cubic B-spline that is 2^x: 6 / (2^-1 + 4 + 2^1). */
  private static final double COEFFICIENT_OF_2 = 6 / 6.5;

  /**
   * What a token takes: a share of a step, its request's prompt, its own context. So prompts and
   * contexts add up per token; in the order of the features, as are those of a step.
   */
  private static final Mix OF_TOKEN =
      new Mix(new double[] {0.1, 0, 0, 0.1, 0}, new double[] {0.25, 0.12, 0.05, 0.2, 0.12});

  /** What a step takes: the prompts and contexts of all that run, so both times the batch. */
  private static final Mix OF_STEP =
      new Mix(new double[] {0, 0.1, 0, 0, 0.1}, new double[] {0.12, 0.25, 0.05, 0.12, 0.2});

  private static final double MOST_MIX = 100;

  /** Less than this part of the prior curve is not believed. */
  private static final double LEAST = 0.05;

  /** One window cannot take more than this part of what is not known at its load. */
  private static final double SLOWEST = 20;

  /** What is known of the mix before anything was learned. */
  private record Mix(double[] mean, double[] sd) {}

  private final Measure measure;
  private final MeasureState state;
  private final double[] x = new double[ACTIVE];
  private final int[] at = new int[ACTIVE];
  private final double[] gain = new double[SIZE];

  Reference(Measure measure, MeasureState state) {
    this.measure = measure;
    this.state = state;
  }

  boolean exists() {
    return state.beta != null;
  }

  /** Begins at a level, with what is known of engines in general. */
  void begin(double y, double load, double prompt, double context) {
    state.beta = new double[SIZE];
    state.cov = new double[SIZE * (SIZE + 1) / 2];
    state.centreLevel = Math.exp(y);
    state.centreLoad = Spline.clamp(load);
    state.centrePrompt = prompt;
    state.centreContext = context;
    for (int i = 0; i < Spline.SIZE; i++) {
      double a = Spline.site(i) - state.centreLoad;
      state.beta[i] = prior(a);
      for (int j = 0; j <= i; j++) {
        double b = Spline.site(j) - state.centreLoad;
        double relative =
            LEVEL_SD * LEVEL_SD
                + measure.slopeSd() * measure.slopeSd() * a * b
                + BEND_SD * BEND_SD * bend(a, b);
        double batching = BATCHING_SD * BATCHING_SD * batching(a) * batching(b);
        state.cov[index(i, j)] = prior(a) * prior(b) * relative + batching;
      }
    }
    Mix mix = measure.latency() ? OF_STEP : OF_TOKEN;
    for (int i = 0; i < MIX; i++) {
      state.beta[Spline.SIZE + i] = mix.mean()[i];
      state.cov[index(Spline.SIZE + i, Spline.SIZE + i)] = mix.sd()[i] * mix.sd()[i];
    }
  }

  private double prior(double octaves) {
    return Math.exp(measure.slope() * octaves);
  }

  /**
   * A step takes a time of its own and one for each request, so a token takes the one over the
   * batch and the other: the part that goes with the batch, as coefficients that make it.
   */
  private double batching(double octaves) {
    return COEFFICIENT_OF_2 * Math.pow(2, measure.latency() ? octaves : -octaves) - 1;
  }

  /** Covariance of an integrated Wiener process that starts at 0 in both directions. */
  private static double bend(double a, double b) {
    if (a * b <= 0) {
      return 0;
    }
    double low = Math.min(Math.abs(a), Math.abs(b));
    double high = Math.max(Math.abs(a), Math.abs(b));
    return low * low * (3 * high - low) / 6;
  }

  /** Logarithm of the expected measure; NaN where the curve leaves what is possible. */
  double expected(Observation o) {
    features(o);
    double level = level();
    double least = LEAST * prior(Spline.clamp(o.load()) - state.centreLoad);
    return level > least ? Math.log(level * state.centreLevel) : Double.NaN;
  }

  /** Standard error of {@link #expected}. */
  double standardError(Observation o) {
    features(o);
    return Math.sqrt(Math.max(0, variance())) / Math.max(1e-9, level());
  }

  private double level() {
    double sum = 0;
    for (int k = 0; k < ACTIVE; k++) {
      sum += x[k] * state.beta[at[k]];
    }
    return sum;
  }

  private double variance() {
    double sum = 0;
    for (int k = 0; k < ACTIVE; k++) {
      double row = x[k] / 2 * state.cov[index(at[k], at[k])];
      for (int l = 0; l < k; l++) {
        row += x[l] * state.cov[index(at[k], at[l])];
      }
      sum += 2 * x[k] * row;
    }
    return sum;
  }

  /**
   * Takes a window in, if its load is not known well yet.
   *
   * @param relative variance of the window about the truth, serial correlation included
   * @param slow whether one window may tell little (not so in the warm-up)
   */
  void learn(Observation o, double relative, boolean slow) {
    features(o);
    double level = level();
    double unknown = variance();
    if (unknown <= KNOWN * KNOWN * level * level) {
      return;
    }
    double residual = o.value() / state.centreLevel - level;
    double scale = Math.max(level, o.value() / state.centreLevel);
    double noise = relative * scale * scale;
    noise = slow ? Math.max(noise, SLOWEST * unknown) : noise;
    // Beyond 3 standard deviations a window tells no more than at 3 (Huber 1964).
    noise *= Math.max(1, Math.abs(residual) / (3 * Math.sqrt(noise + unknown)));
    for (int i = 0; i < SIZE; i++) {
      double sum = 0;
      for (int k = 0; k < ACTIVE; k++) {
        sum += x[k] * state.cov[index(i, at[k])];
      }
      gain[i] = sum;
    }
    double total = noise + unknown;
    for (int i = 0; i < SIZE; i++) {
      state.beta[i] += gain[i] / total * residual;
      for (int j = 0; j <= i; j++) {
        state.cov[index(i, j)] -= gain[i] * gain[j] / total;
      }
    }
  }

  /**
   * Multiplies the expectation at every load by the same factor.
   *
   * @param shift log of the factor
   * @param error how well the shift is known; the level may be learned again within it
   */
  void shift(double shift, double error) {
    state.centreLevel *= Math.exp(shift);
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j <= i; j++) {
        state.cov[index(i, j)] += state.beta[i] * state.beta[j] * error * error;
      }
    }
  }

  private void features(Observation o) {
    double load = Spline.clamp(o.load());
    Spline.values(load, x);
    int first = Spline.first(load);
    for (int k = 0; k < Spline.WIDTH; k++) {
      at[k] = first + k;
    }
    double octaves = load - state.centreLoad;
    double prompt = part(o.prompt(), state.centrePrompt);
    double context = part(o.context(), state.centreContext);
    // A step reads all contexts of its batch and grows with it; per token that is one context.
    double batch = measure.latency() ? Math.pow(2, octaves) : octaves / 2;
    x[4] = prompt;
    x[5] = prompt * batch;
    x[6] = prompt * prompt;
    x[7] = context;
    x[8] = context * batch;
    for (int k = 0; k < MIX; k++) {
      at[Spline.WIDTH + k] = Spline.SIZE + k;
    }
  }

  /** What there is more than at the centre, in parts of that. */
  private static double part(double value, double centre) {
    return Double.isNaN(value) || !(centre > 0) ? 0 : Math.min(MOST_MIX, value / centre - 1);
  }

  private static int index(int i, int j) {
    return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
  }
}
