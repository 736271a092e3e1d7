package io.tokenwatt.collectors.exporters;

import io.tokenwatt.collectors.exposition.Labels;
import io.tokenwatt.collectors.exposition.Sample;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Puts the samples of a histogram family into {@link Buckets}. */
final class BucketSamples {
  private static final Shape COUNT = new Shape(false, false, true);
  private static final Shape DURATION = new Shape(false, false, false);

  private BucketSamples() {}

  static void bucket(Sample sample, TimeUnits unit, Buckets buckets, Slots slots) {
    String objection = COUNT.objection(sample.value(), Scale.ONE);
    String le = sample.labels().get("le");
    if (objection != null || le == null) {
      slots.unsteady();
      buckets.object(le == null ? "bucket without le" : "bucket count " + objection);
      return;
    }
    int slot = slots.add(sample, COUNT, Scale.ONE, Set.of(), true);
    if (le.equals("+Inf") || le.equals("Inf")) {
      buckets.infinite(Scale.ONE.apply(sample.value()), slot);
    } else {
      finite(le, Scale.ONE.apply(sample.value()), unit, buckets, slot);
    }
  }

  private static void finite(
      String le, long observations, TimeUnits unit, Buckets buckets, int slot) {
    try {
      buckets.bucket(nanos(le, unit), observations, slot);
    } catch (ArithmeticException e) {
      buckets.object("bucket bound (le) that is no duration");
    }
  }

  // The bound as printed, not as a double, so that 0.3 s is 300000000 ns.
  private static long nanos(String le, TimeUnits unit) {
    BigDecimal bound = le.length() > 40 ? null : decimal(le);
    if (bound == null || bound.signum() < 0 || !Scale.isOrdinary(bound)) {
      throw new ArithmeticException("no duration: " + le);
    }
    BigDecimal nanos = bound.multiply(unit.toNanos.factor());
    return nanos.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
  }

  private static BigDecimal decimal(String le) {
    try {
      return new BigDecimal(le);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  static void sum(Sample sample, TimeUnits unit, Buckets buckets, Slots slots) {
    String objection = DURATION.objection(sample.value(), unit.toMicros);
    if (objection == null) {
      int slot = slots.add(sample, DURATION, unit.toMicros, Set.of(), true);
      buckets.sum(unit.toMicros.apply(sample.value()), slot);
    } else {
      slots.unsteady();
      buckets.object("histogram sum " + objection);
    }
  }

  /** What identifies the series in its family: every label but le, in written order. */
  static List<String> identity(Labels labels) {
    List<String> pairs = new ArrayList<>(2 * labels.size());
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.name(i).equals("le")) {
        pairs.add(labels.name(i));
        pairs.add(labels.value(i));
      }
    }
    return pairs;
  }
}
