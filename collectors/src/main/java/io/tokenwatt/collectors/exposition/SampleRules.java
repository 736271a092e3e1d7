package io.tokenwatt.collectors.exposition;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What OpenMetrics asks of a single sample's value and labels, by the type of its family. */
final class SampleRules {

  private static final Set<String> COUNTS = Set.of("_count", "_gcount", "_bucket");
  private static final Set<String> RISING =
      Set.of("_total", "_sum", "_count", "_bucket", "_gcount");

  private SampleRules() {}

  /** The rule that the sample breaks, null where it breaks none. */
  static String broken(String family, FamilyType type, Sample sample) {
    String suffix = sample.name().substring(family.length());
    double value = sample.value();
    if (COUNTS.contains(suffix) && value != Math.rint(value)) {
      return "count is not a whole number";
    }
    if (RISING.contains(suffix) && !(value >= 0) || suffix.equals("_gsum") && Double.isNaN(value)) {
      return "counter is below zero or NaN";
    }
    if (suffix.equals("_bucket") && !isBound(sample.labels().get("le"))) {
      return "bucket's le is no bound";
    }
    return switch (type) {
      case SUMMARY -> suffix.isEmpty() ? brokenQuantile(sample) : null;
      case STATESET -> brokenState(family, sample);
      case INFO -> value == 1 ? null : "info is not 1";
      default -> null;
    };
  }

  private static String brokenQuantile(Sample sample) {
    double quantile = number(sample.labels().get("quantile"));
    if (!(quantile >= 0 && quantile <= 1)) {
      return "quantile label is not between 0 and 1";
    }
    return sample.value() < 0 ? "quantile is below zero" : null;
  }

  private static String brokenState(String family, Sample sample) {
    if (sample.labels().get(family) == null) {
      return "stateset lacks the label of its own name";
    }
    return sample.value() == 0 || sample.value() == 1 ? null : "state is neither 0 nor 1";
  }

  /** Infinity has one spelling, so that the same bucket has the same label everywhere. */
  private static boolean isBound(String le) {
    double bound = number(le);
    return bound < Double.POSITIVE_INFINITY || "+Inf".equals(le);
  }

  /** The number in a label's value, NaN where there is none. */
  static double number(String textOrNull) {
    if (textOrNull == null) {
      return Double.NaN;
    }
    byte[] bytes = textOrNull.getBytes(StandardCharsets.UTF_8);
    try {
      return Decimal.parse(bytes, 0, bytes.length);
    } catch (BadLine notANumber) {
      return Double.NaN;
    }
  }
}
