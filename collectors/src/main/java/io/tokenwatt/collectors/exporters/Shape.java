package io.tokenwatt.collectors.exporters;

import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.GpuMetric;

/**
 * Which values a metric of ours can have. Told by its name, as its unit is.
 *
 * @param ratio parts per million of a whole: more than the whole is a mistaken unit
 * @param signed may be below zero (temperatures)
 * @param count counts things: a fraction is no reading of it
 */
record Shape(boolean ratio, boolean signed, boolean count) {
  /** Hardware ratios overshoot 1 by a little where their sample window is not the scrape's. */
  private static final long HIGHEST_PPM = 1_050_000;

  private static final double FRACTION_TOLERANCE = 1e-6;

  static Shape of(Enum<?> metric) {
    String name = metric.name();
    boolean ratio = name.endsWith("_PPM");
    return new Shape(ratio, name.contains("TEMPERATURE"), !ratio && isCount(metric));
  }

  private static boolean isCount(Enum<?> metric) {
    if (metric instanceof GpuMetric gpu) {
      return switch (gpu) {
        case GPU_XID_LAST, GPU_THROTTLE_REASONS_BITMASK, GPU_ECC_UNCORRECTED -> true;
        default -> false;
      };
    }
    return metric instanceof EngineMetric;
  }

  /** Why the value is no reading of the metric; null where it is one. */
  String objection(double value, Scale scale) {
    if (Double.isNaN(value)) {
      return "NaN is no reading";
    }
    if (value < 0 && !signed) {
      return "is below zero";
    }
    if (!scale.fits(value)) {
      return "does not fit 64 bits";
    }
    if (count && scale.isOne() && Math.abs(value - Math.rint(value)) > FRACTION_TOLERANCE) {
      return "counts whole things and has a fraction";
    }
    if (ratio && scale.apply(value) > HIGHEST_PPM) {
      return "is more than the whole: another unit than this exporter's description says";
    }
    return null;
  }
}
