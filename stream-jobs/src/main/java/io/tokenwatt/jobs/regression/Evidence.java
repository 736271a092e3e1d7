package io.tokenwatt.jobs.regression;

import io.tokenwatt.model.Window;

/**
 * Sequential tests of whether the residuals of a measure moved: cumulative sums of log-likelihood
 * ratios that never fall below 0 (Page 1954), which find a change of the size they are made for
 * sooner than any other test of the same mean time between false alarms (Lorden 1971, Moustakides
 * 1986). The change lies where the sum last left 0.
 *
 * <p>Residuals are whitened as a process of first order: a step of size d moves the first
 * innovation by d and the later ones by d (1 - correlation). From each residual one and a half
 * times the standard error of the expectation is taken first: what the reference does not know is
 * no evidence.
 */
final class Evidence {
  /** Standard errors of the expectation that are taken off. */
  static final double SLACK = 1.5;

  /** The same where it is known to {@link #FAR} at best: far from experience it is a guess. */
  private static final double FAR_SLACK = 3;

  private static final double FAR = 0.02;

  private static final double LARGE_SIZE = 0.15;
  private static final double MOST_LARGE_SHIFT = 4.5;
  private static final double MOST_SMALL_SHIFT = 2;

  /** No single window can prove more than this part of what is needed: a blip is no step. */
  private static final double LARGE_CLIP = 0.55;

  /** With heavy tails two windows are not enough either. */
  private static final double HEAVY_CLIP = 0.37;

  /** So many windows far out in a row are no blips. */
  private static final int MOST_BLIPS = 3;

  /** In thresholds, so that a sum can return to 0. */
  private static final double MOST_LARGE = 3;

  private static final double SMALL_CLIP = 3;
  private static final double MOST_BETTER = 3;
  private static final double SUSPICIOUS = 1.0 / 3;
  private static final long FORGET_MS = 600_000;
  private static final double DRIFT_MS = 86_400_000;
  private static final double LEAST_DRIFT_WINDOWS = 3_000;
  private static final double DRIFT_ERRORS = 5;

  private final MeasureState s;
  private final Tuning tuning;
  private final double threshold;

  Evidence(MeasureState state, Tuning tuning) {
    this.s = state;
    this.tuning = tuning;
    this.threshold = tuning.threshold();
  }

  /** The innovation of a window in standard deviations, without anything taken off. */
  double innovation(Observation o, double residual, Noise noise) {
    return innovation(o, residual, 0, noise);
  }

  private double innovation(Observation o, double residual, double level, Noise noise) {
    double phi = noise.correlation(o.load());
    return follows(o)
        ? (residual - level - phi * (s.previousResidual - level)) / noise.sd(o.load())
        : (residual - level) * Math.sqrt(1 - phi * phi) / noise.sd(o.load());
  }

  boolean follows(Observation o) {
    return s.previousEndMs == o.startMs();
  }

  /**
   * Takes a judged window in.
   *
   * @return its own innovation beyond the slack, in standard deviations of its noise
   */
  double add(Observation o, double residual, double error, Noise noise) {
    if (o.startMs() - s.previousEndMs > FORGET_MS) {
      clear(o.startMs());
    }
    double far = Math.min(1, error / FAR);
    double slack = (SLACK + (FAR_SLACK - SLACK) * far * far) * error;
    double v = innovation(o, residual, slack, noise) / noise.tail();
    double first = noise.sd(o.load()) * noise.tail();
    double later = first * noise.longRun(o.load());
    large(o, residual - slack, v, first, later, noise);
    double size = 2 * tuning.minSize();
    double clipped = Math.max(-SMALL_CLIP, Math.min(SMALL_CLIP, v));
    double d1 = Math.min(size / first, MOST_SMALL_SHIFT);
    double d = Math.min(size / later, MOST_SMALL_SHIFT);
    double fresh = d1 * clipped - d1 * d1 / 2;
    double longer = s.small + d * clipped - d * d / 2;
    s.smallSinceMs = since(o, s.smallSinceMs, fresh, longer);
    s.small = Math.max(0, Math.max(fresh, longer));
    better(o, residual, slack, d, noise);
    drift(o, residual - slack, first);
    return v;
  }

  /**
   * Takes in a window whose expectation is a guess.
   *
   * @param beyond residual less what the guess may be wrong by
   */
  void guess(Observation o, double beyond, Noise noise) {
    double sd = noise.sd(o.load()) * noise.longRun(o.load()) * noise.tail();
    double clip = threshold * HEAVY_CLIP;
    double d = Math.min(LARGE_SIZE / sd, MOST_LARGE_SHIFT);
    double gain = Math.min(clip, d * beyond / sd - d * d / 2);
    s.largeSinceMs = since(o, s.largeSinceMs, 0, s.large + gain);
    s.large = Math.max(0, s.large + gain);
    s.robust = Math.max(0, s.robust + gain);
  }

  /**
   * Two sums, which must agree: one takes noise for normal and each window for what it is, the
   * other takes any window that is far out for a blip and nothing of it into the next. A step is
   * neither.
   */
  private void large(
      Observation o, double beyond, double v, double first, double later, Noise noise) {
    double d1 = Math.min(LARGE_SIZE / first, MOST_LARGE_SHIFT);
    double d = Math.min(LARGE_SIZE / later, MOST_LARGE_SHIFT);
    double fresh = d1 * v - d1 * d1 / 2;
    double longer = s.large + d * v - d * d / 2;
    s.largeSinceMs = since(o, s.largeSinceMs, fresh, longer);
    s.large = Math.min(MOST_LARGE * threshold, Math.max(0, Math.max(fresh, longer)));
    robust(o, beyond, first, d1, d, noise);
  }

  private void robust(
      Observation o, double beyond, double first, double d1, double d, Noise noise) {
    double clip = threshold * (noise.peak() > Noise.NORMAL_PEAK ? HEAVY_CLIP : LARGE_CLIP);
    double phi = noise.correlation(o.load());
    long windows = (o.endMs() - s.usualEndMs) / s.lengthMs;
    double carry = windows > MOST_BLIPS ? 0 : Math.pow(phi, windows);
    double spread = Math.sqrt((1 - carry * carry) / (1 - phi * phi));
    double v = (beyond - carry * s.usualBeyond) / (first * spread);
    double shift = windows == 1 ? d : Math.max(d, d1 * (1 - carry) / spread);
    double fresh = Math.min(clip, d1 * v - d1 * d1 / 2);
    double longer = s.robust + Math.min(clip, shift * v - shift * shift / 2);
    s.robust = Math.max(0, Math.max(fresh, longer));
    boolean blip = d1 * Math.abs(v) - d1 * d1 / 2 >= clip;
    if (!blip || windows > MOST_BLIPS) {
      s.usualBeyond = beyond;
      s.usualEndMs = o.endMs();
    }
  }

  /** What both sums for large changes agree on. */
  private double large() {
    return Math.min(s.large, s.robust);
  }

  private static long since(Observation o, long since, double fresh, double longer) {
    if (fresh <= 0 && longer <= 0) {
      return o.endMs();
    }
    return fresh > longer ? o.startMs() : since;
  }

  /** The same downwards; its sum is bounded, so that it can return to 0. */
  private void better(Observation o, double residual, double slack, double d, Noise noise) {
    double v = -innovation(o, residual, -slack, noise) / noise.tail();
    double clipped = Math.max(-SMALL_CLIP, Math.min(SMALL_CLIP, v));
    s.better = Math.min(MOST_BETTER * threshold, Math.max(0, s.better + d * clipped - d * d / 2));
    if (s.better == 0) {
      s.betterSinceMs = o.endMs();
      s.betterSum = 0;
      s.betterWindows = 0;
    } else {
      s.betterSum += residual;
      s.betterWindows++;
    }
  }

  /** A mean whose memory fades over a day, so that hours of the day do not show. */
  private void drift(Observation o, double residual, double sd) {
    double fade = Math.exp(-Math.min(DRIFT_MS, Math.max(0, o.endMs() - s.driftMs)) / DRIFT_MS);
    double clipped = Math.max(-5 * sd, Math.min(5 * sd, residual));
    s.driftSum = s.driftSum * fade + clipped;
    s.driftWeight = s.driftWeight * fade + 1;
    s.driftMs = o.endMs();
    if (s.driftSum <= tuning.minSize() / 4 * s.driftWeight) {
      s.driftSinceMs = o.endMs();
    }
  }

  boolean drifts(Noise noise, double load) {
    double error = noise.sd(load) * noise.longRun(load) / Math.sqrt(Math.max(1, s.driftWeight));
    double least = LEAST_DRIFT_WINDOWS * Window.SIZE_MS / s.lengthMs;
    return s.driftWeight >= least
        && s.driftSum / s.driftWeight > tuning.minSize() + DRIFT_ERRORS * error;
  }

  /**
   * Whether a cumulative sum proves it.
   *
   * @param factor of the evidence needed
   */
  boolean proves(double factor) {
    return large() >= factor * threshold || s.small >= factor * threshold;
  }

  boolean suspicious() {
    return Math.max(large(), Math.max(s.small, s.better)) > SUSPICIOUS * threshold;
  }

  boolean improved() {
    return s.better >= threshold
        && s.betterWindows * s.lengthMs >= tuning.improved().toMillis()
        && s.betterSum / s.betterWindows < -tuning.minSize();
  }

  /** Start of the oldest window that a suspicious sum rests on. */
  long suspectSinceMs() {
    double least = SUSPICIOUS * threshold;
    long since = large() > least ? s.largeSinceMs : Long.MAX_VALUE;
    since = s.small > least ? Math.min(since, s.smallSinceMs) : since;
    return s.better > least ? Math.min(since, s.betterSinceMs) : since;
  }

  /** Start of the first window after the change, by the sum that is the highest. */
  long sinceMs() {
    return large() >= s.small ? s.largeSinceMs : s.smallSinceMs;
  }

  void remember(Observation o, double residual) {
    s.previousResidual = residual;
    s.previousEndMs = o.endMs();
  }

  /** Begins anew at an instant: nothing before it is evidence. */
  void clear(long atMs) {
    s.large = 0;
    s.robust = 0;
    s.small = 0;
    s.better = 0;
    s.largeSinceMs = atMs;
    s.smallSinceMs = atMs;
    s.betterSinceMs = atMs;
    s.betterSum = 0;
    s.betterWindows = 0;
  }

  void clearDrift(long atMs) {
    s.driftSum = 0;
    s.driftWeight = 0;
    s.driftSinceMs = atMs;
    s.driftMs = atMs;
  }
}
