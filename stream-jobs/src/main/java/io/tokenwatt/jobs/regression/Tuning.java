package io.tokenwatt.jobs.regression;

/**
 * How the detector weighs delay against false alarms.
 *
 * @param warmUpWindows judged windows from which a series without a predecessor learns its first
 *     reference; at least 8
 * @param minSize smallest change that is reported, as a share
 */
public record Tuning(int warmUpWindows, double minSize) {
  /** 30 minutes of warm-up, 2.5 %. */
  public static final Tuning DEFAULT = new Tuning(180, 0.025);

  public Tuning {
    if (warmUpWindows < 8) {
      throw new IllegalArgumentException(
          "warmUpWindows is " + warmUpWindows + "; a reference needs at least 8");
    }
    if (!(minSize > 0 && minSize < 1)) {
      throw new IllegalArgumentException("minSize is " + minSize + "; it must be in (0, 1)");
    }
  }

  public Tuning withWarmUpWindows(int windows) {
    return new Tuning(windows, minSize);
  }
}
