package io.tokenwatt.quickstart.bench.quiet;

import io.tokenwatt.quickstart.bench.report.Section;
import java.util.List;

/**
 * How the rate of false alarms falls with the threshold, carried on to where hardly any are left to
 * count: alarms at threshold h are Poisson with mean windows x exp(a - b h), for the maxima of a
 * cumulative sum have an exponential tail. Fitted by maximum likelihood; errors are widened where
 * the counts scatter more than Poisson's do.
 *
 * @param a logarithm of the rate per window at height 0
 * @param b decay per unit of height
 */
public record TailFit(List<Point> points, double a, double b, double[] covariance) {
  private static final int STEPS = 200;
  private static final double NORMAL_95 = 1.645;

  /**
   * @param height of the threshold, natural logarithm of {@code Tuning.quietWindows}
   */
  public record Point(double height, long windows, long alarms) {}

  /**
   * @param points of which two or more saw alarms
   * @throws IllegalArgumentException if they say nothing of a decay
   */
  public static TailFit of(List<Point> points) {
    if (points.stream().filter(p -> p.alarms() > 0).count() < 2) {
      throw new IllegalArgumentException("two thresholds with alarms are needed, got " + points);
    }
    long alarms = points.stream().mapToLong(Point::alarms).sum();
    long windows = points.stream().mapToLong(Point::windows).sum();
    double[] theta = {Math.log((double) alarms / windows), 0};
    double[] fisher = new double[3];
    for (int step = 0; step < STEPS; step++) {
      double[] score = new double[2];
      fisher = new double[3];
      for (Point p : points) {
        double mean = p.windows() * Math.exp(theta[0] - theta[1] * p.height());
        double error = p.alarms() - mean;
        score[0] += error;
        score[1] -= error * p.height();
        fisher[0] += mean;
        fisher[1] -= mean * p.height();
        fisher[2] += mean * p.height() * p.height();
      }
      double det = fisher[0] * fisher[2] - fisher[1] * fisher[1];
      double da = (fisher[2] * score[0] - fisher[1] * score[1]) / det;
      double db = (fisher[0] * score[1] - fisher[1] * score[0]) / det;
      // Small steps: Newton's overshoot where the first guess is far.
      double damping = Math.min(1, 1 / Math.max(Math.abs(da), 10 * Math.abs(db)));
      theta[0] += damping * da;
      theta[1] += damping * db;
    }
    double det = fisher[0] * fisher[2] - fisher[1] * fisher[1];
    double scatter = scatter(points, theta);
    double[] covariance = {
      scatter * fisher[2] / det, -scatter * fisher[1] / det, scatter * fisher[0] / det
    };
    return new TailFit(points, theta[0], theta[1], covariance);
  }

  /** Pearson's statistic over its degrees of freedom, at least 1. */
  private static double scatter(List<Point> points, double[] theta) {
    double sum = 0;
    for (Point p : points) {
      double mean = p.windows() * Math.exp(theta[0] - theta[1] * p.height());
      sum += (p.alarms() - mean) * (p.alarms() - mean) / mean;
    }
    return Math.max(1, sum / Math.max(1, points.size() - 2));
  }

  /** Alarms per window at a threshold. */
  public double rate(double height) {
    return Math.exp(a - b * height);
  }

  /** Upper end of a one-sided 95 % interval of {@link #rate}. */
  public double rateAtMost(double height) {
    double variance = covariance[0] - 2 * height * covariance[1] + height * height * covariance[2];
    return Math.exp(a - b * height + NORMAL_95 * Math.sqrt(Math.max(0, variance)));
  }

  /**
   * @param inUse the threshold in use and its own count, which is not in the fit: the fit is
   *     compared with it
   */
  public Section section(Point inUse) {
    Section section =
        Section.of(
            "tail",
            "False alarms by threshold, carried on to the one in use",
            "quiet windows asked for",
            "windows",
            "false alarms",
            "10,000 series x 30 days",
            "fit",
            "fit at most (95 %)");
    for (Point p : points) {
      double counted = p.alarms() * QuietResult.FLEET_WINDOWS / p.windows();
      row(section, p.height(), p.windows(), p.alarms(), counted);
    }
    double counted = inUse.alarms() * QuietResult.FLEET_WINDOWS / inUse.windows();
    row(section, inUse.height(), inUse.windows(), inUse.alarms(), counted);
    return section
        .note("rate = exp(%.2f - %.3f ln(quiet windows)), by maximum likelihood".formatted(a, b))
        .note("last row: the tuning in use; its count is not in the fit, which is of chance alone:")
        .note(
            "  where more was counted than the fit says, the reference misfits; believe the count");
  }

  private void row(Section section, double height, long windows, long alarms, double counted) {
    section.row(
        Math.exp(height),
        windows,
        alarms,
        counted,
        rate(height) * QuietResult.FLEET_WINDOWS,
        rateAtMost(height) * QuietResult.FLEET_WINDOWS);
  }
}
