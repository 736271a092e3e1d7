package io.tokenwatt.jobs.regression;

/**
 * How windows scatter about the reference: their innovations' variance, by load; serial correlation
 * of first order; slow wander, by the means of blocks; heavy tails, by the 0.999 quantile. Each is
 * taken at the upper end of what the windows seen allow, so that few windows mean a wide scatter.
 */
final class Noise {
  private static final double PRIOR_SD = 0.025;
  private static final double PRIOR_WINDOWS = 8;
  private static final double PRIOR_CORRELATION = 0.3;
  private static final double PRIOR_CORRELATION_WINDOWS = 20;
  private static final double MOST_CORRELATION = 0.93;
  private static final double SHRINK_WINDOWS = 60;
  private static final double LEAST_SD = 0.003;

  /** Two days of windows of 10 s; older ones fade. */
  private static final double MEMORY = 17_280;

  private static final int BLOCK = 30;
  private static final double PRIOR_BLOCKS = 24;
  private static final double SHRINK_BLOCKS = 12;
  private static final double BLOCK_MEMORY = 2_016;

  /** The 0.999 quantile of the absolute value of a standard normal variable. */
  private static final double NORMAL_TAIL = 3.29;

  private static final double TAIL_STEP = 0.5;
  private static final double TAIL_START = 4;

  /** One of a day's windows lies beyond it with probability 0.8 % if noise is normal. */
  static final double NORMAL_PEAK = 4.9;

  /** Per window: a week of windows of 10 s. */
  private static final double PEAK_FADE = 1 - 1.0 / 60_480;

  private final MeasureState s;

  Noise(MeasureState state) {
    this.s = state;
  }

  void begin() {
    s.variance = PRIOR_SD * PRIOR_SD;
    s.varianceWindows = PRIOR_WINDOWS;
    s.loadVariance = new double[Spline.SIZE];
    s.loadWindows = new double[Spline.SIZE];
    s.correlation = PRIOR_CORRELATION;
    s.loadCorrelation = new double[Spline.SIZE];
    s.loadBlockVariance = new double[Spline.SIZE];
    s.loadBlocks = new double[Spline.SIZE];
    s.blockSum = 0;
    s.blockWindows = 0;
    s.blockVariance = 1;
    s.blocks = PRIOR_BLOCKS;
    s.tail = TAIL_START;
    s.peak = 0;
    s.blip = 0;
  }

  /** Standard deviation of a window's innovation at this load. */
  double sd(double load) {
    int bin = bin(load);
    double n = s.loadWindows[bin];
    double variance =
        (SHRINK_WINDOWS * s.variance + n * s.loadVariance[bin]) / (SHRINK_WINDOWS + n);
    double windows = s.varianceWindows * (SHRINK_WINDOWS + n) / (s.varianceWindows + n);
    // The relative standard error of a variance from n windows is sqrt(2 / n).
    double upper = 1 + 2.5 * Math.sqrt(2 / Math.max(PRIOR_WINDOWS, windows));
    return Math.max(LEAST_SD, Math.sqrt(variance * upper));
  }

  /** Serial correlation of neighbouring windows: few requests that last long make it strong. */
  double correlation(double load) {
    int bin = bin(load);
    double n = s.loadWindows[bin];
    double mean =
        (SHRINK_WINDOWS * s.correlation + n * s.loadCorrelation[bin]) / (SHRINK_WINDOWS + n);
    return Math.max(0, Math.min(MOST_CORRELATION, mean));
  }

  /**
   * By how much the innovation's standard deviation grows for means of many windows: 1 / (1 -
   * correlation), more where the level wanders.
   */
  double longRun(double load) {
    return Math.sqrt(Math.max(1, wander(load))) / (1 - upperCorrelation(load));
  }

  private double upperCorrelation(double load) {
    double phi = correlation(load);
    double n = s.loadWindows[bin(load)] + PRIOR_CORRELATION_WINDOWS;
    return Math.min(MOST_CORRELATION, phi + 1.5 * Math.sqrt((1 - phi * phi) / n));
  }

  private double wander(double load) {
    int bin = bin(load);
    double blocks = s.loadBlocks[bin];
    return (SHRINK_BLOCKS * s.blockVariance + blocks * s.loadBlockVariance[bin])
        / (SHRINK_BLOCKS + blocks);
  }

  /**
   * Standard error of a mean of {@code n} windows in a row: exact for a process of first order (Box
   * and Jenkins, Time Series Analysis, 1976, 2.1), which for one window is its standard deviation;
   * what wanders beyond it does not average out within a block.
   */
  double meanError(double load, double n) {
    double sd = sd(load);
    double phi = upperCorrelation(load);
    double marginal = sd * sd / (1 - phi * phi);
    double sums = (1 + phi) / (1 - phi);
    double ends = 2 * phi * (1 - Math.pow(phi, n)) / (n * (1 - phi) * (1 - phi));
    double slow = Math.max(0, wander(load) - 1) * sd * sd / ((1 - phi) * (1 - phi));
    return Math.sqrt(marginal / n * (sums - ends) + slow / Math.max(n, BLOCK));
  }

  /** How much longer the tails are than normal ones; 1 = not longer. */
  double tail() {
    return Math.max(1, s.tail / NORMAL_TAIL);
  }

  /** The greatest innovation lately, in standard deviations; fades over a week. */
  double peak() {
    return s.peak;
  }

  /** A suspicious window: a blip if nothing comes of it. */
  void suspect(double v) {
    s.blip = Math.max(s.blip, Math.abs(v));
  }

  /** Something came of it. */
  void proven() {
    s.blip = 0;
  }

  /**
   * A judged window, not a suspicious one.
   *
   * @param v innovation over {@link #sd}
   * @param residual of this window, previous the one before it, NaN if it is not its neighbour
   * @param error standard error of the expectation
   */
  void add(double load, double v, double residual, double previous, double error) {
    double phi = correlation(load);
    double innovation =
        Double.isNaN(previous) ? residual * Math.sqrt(1 - phi * phi) : residual - phi * previous;
    tail(Math.abs(v));
    s.peak = Math.max(Math.max(Math.abs(v), s.blip), s.peak * PEAK_FADE);
    s.blip = 0;
    if (error * error > s.variance) {
      return;
    }
    // Clipped at 3 standard deviations; 1.01 makes the mean right for normal noise.
    double clipped = Math.min(1.01 * innovation * innovation, 9 * s.variance);
    s.varianceWindows = Math.min(MEMORY, s.varianceWindows + 1);
    s.variance += (clipped - s.variance) / s.varianceWindows;
    int bin = bin(load);
    s.loadWindows[bin] = Math.min(MEMORY, s.loadWindows[bin] + 1);
    s.loadVariance[bin] += (clipped - s.loadVariance[bin]) / s.loadWindows[bin];
    if (!Double.isNaN(previous)) {
      correlate(bin, residual, previous);
    }
    block(load, residual);
  }

  private void correlate(int bin, double residual, double previous) {
    double phi = correlation();
    double marginal = marginal(s.variance, phi);
    s.correlation +=
        (product(residual, previous, marginal) - s.correlation)
            / (s.varianceWindows + PRIOR_CORRELATION_WINDOWS);
    double local = marginal(s.loadVariance[bin], s.loadCorrelation[bin]);
    s.loadCorrelation[bin] +=
        (product(residual, previous, local) - s.loadCorrelation[bin]) / s.loadWindows[bin];
  }

  private double correlation() {
    return Math.max(0, Math.min(MOST_CORRELATION, s.correlation));
  }

  private static double marginal(double variance, double phi) {
    double bounded = Math.max(0, Math.min(MOST_CORRELATION, phi));
    return Math.max(1e-9, variance / (1 - bounded * bounded));
  }

  private static double product(double residual, double previous, double marginal) {
    return Math.max(-9, Math.min(9, residual * previous / marginal));
  }

  /** Variance of block means, over what correlation alone would give. */
  private void block(double load, double residual) {
    s.blockSum += residual / sd(load);
    if (++s.blockWindows < BLOCK) {
      return;
    }
    int bin = bin(load);
    double mean = s.blockSum / BLOCK;
    double ratio = Math.min(25, mean * mean * BLOCK * Math.pow(1 - correlation(load), 2));
    s.blocks = Math.min(BLOCK_MEMORY, s.blocks + 1);
    s.blockVariance += (ratio - s.blockVariance) / s.blocks;
    s.loadBlocks[bin] = Math.min(BLOCK_MEMORY, s.loadBlocks[bin] + 1);
    s.loadBlockVariance[bin] += (ratio - s.loadBlockVariance[bin]) / s.loadBlocks[bin];
    s.blockSum = 0;
    s.blockWindows = 0;
  }

  /** A quantile without a histogram: Robbins and Monro 1951. */
  private void tail(double v) {
    s.tail += v > s.tail ? TAIL_STEP * 0.999 : -TAIL_STEP * 0.001;
  }

  private static int bin(double load) {
    return Spline.first(Spline.clamp(load)) + 1;
  }
}
