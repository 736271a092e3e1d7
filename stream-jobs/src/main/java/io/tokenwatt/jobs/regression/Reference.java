package io.tokenwatt.jobs.regression;

/**
 * What the load lets expect: log measure = smooth curve of the load + effects of prompt mix and
 * context length, by recursive least squares with a prior, which is Bayesian linear regression
 * (Bishop, Pattern Recognition and Machine Learning, 2006, 3.3).
 *
 * <p>It learns where it does not know and stands still where it does: once the expectation at a
 * load is known to {@link #KNOWN}, windows there move it no more. So it cannot follow a drift.
 * Where no window was like this one, the standard error is wide by itself (leverage).
 */
final class Reference {
  /** Standard error (log scale) at which learning stops. */
  static final double KNOWN = 0.002;

  static final int MIX = 5;
  static final int SIZE = Spline.SIZE + MIX;
  private static final int ACTIVE = Spline.WIDTH + MIX;

  private static final double LEVEL_SD = 0.1;
  private static final double BEND_SD = 0.06;
  private static final double[] MIX_MEAN = {0.1, 0, 0, 0.1, 0};
  private static final double[] MIX_SD = {0.25, 0.12, 0.08, 0.25, 0.12};

  /** One window cannot take more than this part of what is not known at its load. */
  private static final double SLOWEST = 20;

  private final MeasureState state;
  private final double[] x = new double[ACTIVE];
  private final int[] at = new int[ACTIVE];
  private final double[] gain = new double[SIZE];

  Reference(MeasureState state) {
    this.state = state;
  }

  boolean exists() {
    return state.beta != null;
  }

  /** Begins at a level, with what is known of engines in general. */
  void begin(Measure measure, double y, double load, double prompt, double context) {
    state.beta = new double[SIZE];
    state.cov = new double[SIZE * (SIZE + 1) / 2];
    state.centreLoad = Spline.clamp(load);
    state.centrePrompt = prompt;
    state.centreContext = context;
    for (int i = 0; i < Spline.SIZE; i++) {
      double a = Spline.site(i) - state.centreLoad;
      state.beta[i] = y + measure.slope() * a;
      for (int j = 0; j <= i; j++) {
        double b = Spline.site(j) - state.centreLoad;
        state.cov[index(i, j)] =
            LEVEL_SD * LEVEL_SD
                + measure.slopeSd() * measure.slopeSd() * a * b
                + BEND_SD * BEND_SD * bend(a, b);
      }
    }
    for (int i = 0; i < MIX; i++) {
      state.beta[Spline.SIZE + i] = MIX_MEAN[i];
      state.cov[index(Spline.SIZE + i, Spline.SIZE + i)] = MIX_SD[i] * MIX_SD[i];
    }
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

  /** Expected log measure. */
  double expected(Observation o) {
    features(o);
    double sum = 0;
    for (int k = 0; k < ACTIVE; k++) {
      sum += x[k] * state.beta[at[k]];
    }
    return sum;
  }

  /** Standard error of {@link #expected}. */
  double standardError(Observation o) {
    features(o);
    double sum = 0;
    for (int k = 0; k < ACTIVE; k++) {
      sum += x[k] * x[k] * state.cov[index(at[k], at[k])];
      for (int l = 0; l < k; l++) {
        sum += 2 * x[k] * x[l] * state.cov[index(at[k], at[l])];
      }
    }
    return Math.sqrt(Math.max(0, sum));
  }

  /**
   * Takes a window in, if its load is not known well yet.
   *
   * @param variance of the window about the truth, serial correlation included
   * @param slow whether one window may tell little (not so in the warm-up)
   */
  void learn(Observation o, double variance, boolean slow) {
    double error = standardError(o);
    if (error <= KNOWN) {
      return;
    }
    double residual = o.y() - expected(o);
    double r = slow ? Math.max(variance, SLOWEST * error * error) : variance;
    double total = r + error * error;
    // Beyond 3 standard deviations a window tells no more than at 3 (Huber 1964).
    double huber = Math.max(1, Math.abs(residual) / (3 * Math.sqrt(total)));
    total = r * huber + error * error;
    for (int i = 0; i < SIZE; i++) {
      double sum = 0;
      for (int k = 0; k < ACTIVE; k++) {
        sum += x[k] * state.cov[index(i, at[k])];
      }
      gain[i] = sum;
    }
    for (int i = 0; i < SIZE; i++) {
      state.beta[i] += gain[i] / total * residual;
      for (int j = 0; j <= i; j++) {
        state.cov[index(i, j)] -= gain[i] * gain[j] / total;
      }
    }
  }

  /**
   * Moves the level by a factor at every load.
   *
   * @param shift log of the factor
   * @param error how well the shift is known; the level may be learned again within it
   */
  void shift(double shift, double error) {
    for (int i = 0; i < Spline.SIZE; i++) {
      state.beta[i] += shift;
      for (int j = 0; j <= i; j++) {
        state.cov[index(i, j)] += error * error;
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
    double octaves = (load - state.centreLoad) / 2;
    double prompt = prompt(o.prompt());
    double context = context(o.context());
    x[4] = prompt;
    x[5] = prompt * octaves;
    x[6] = prompt * prompt;
    x[7] = context;
    x[8] = context * octaves;
    for (int k = 0; k < MIX; k++) {
      at[Spline.WIDTH + k] = Spline.SIZE + k;
    }
  }

  /** Log of the prompt share against the centre's; softened, since a window may have no prompt. */
  private double prompt(double prompt) {
    if (!(state.centrePrompt > 0) || Double.isNaN(prompt)) {
      return 0;
    }
    double centre = state.centrePrompt;
    return Math.min(3, Math.log((prompt + 0.25 * centre) / (1.25 * centre)));
  }

  private double context(double context) {
    return Double.isNaN(context) || Double.isNaN(state.centreContext)
        ? 0
        : Math.max(-3, Math.min(3, context - state.centreContext));
  }

  private static int index(int i, int j) {
    return i >= j ? i * (i + 1) / 2 + j : j * (j + 1) / 2 + i;
  }
}
