package io.tokenwatt.collectors.exposition;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Which samples make up a family of OpenMetrics, by its type. */
final class SampleNames {

  private static final Set<String> BARE = Set.of("");

  private SampleNames() {}

  /** What follows the family's name in its samples' names. */
  static Set<String> suffixes(FamilyType type) {
    return switch (type) {
      case COUNTER -> Set.of("_total", "_created");
      case SUMMARY -> Set.of("", "_count", "_sum", "_created");
      case HISTOGRAM -> Set.of("_count", "_sum", "_bucket", "_created");
      case GAUGE_HISTOGRAM -> Set.of("_gcount", "_gsum", "_bucket");
      case INFO -> Set.of("_info");
      case GAUGE, STATESET, UNTYPED, UNKNOWN -> BARE;
    };
  }

  /**
   * The label set that a sample's siblings share, as sorted names and values: a bucket's without
   * {@code le}, a quantile's without {@code quantile}, a state's without the family's own label.
   */
  static List<String> group(String family, FamilyType type, Sample sample) {
    if (type == FamilyType.INFO) {
      return List.of();
    }
    String left = labelLeftOut(family, type, sample.name());
    Labels labels = sample.labels();
    TreeMap<String, String> sorted = new TreeMap<>();
    for (int i = 0; i < labels.size(); i++) {
      if (!labels.name(i).equals(left)) {
        sorted.put(labels.name(i), labels.value(i));
      }
    }
    List<String> group = new ArrayList<>(2 * sorted.size());
    sorted.forEach(
        (name, value) -> {
          group.add(name);
          group.add(value);
        });
    return group;
  }

  private static String labelLeftOut(String family, FamilyType type, String sampleName) {
    return switch (type) {
      case SUMMARY -> sampleName.equals(family) ? "quantile" : "";
      case STATESET -> family;
      case HISTOGRAM, GAUGE_HISTOGRAM -> sampleName.equals(family + "_bucket") ? "le" : "";
      default -> "";
    };
  }

  /** Only buckets and counters have exemplars. */
  static boolean mayHaveExemplar(String family, FamilyType type, String sampleName) {
    return switch (type) {
      case HISTOGRAM, GAUGE_HISTOGRAM -> sampleName.equals(family + "_bucket");
      case COUNTER -> sampleName.equals(family + "_total");
      default -> false;
    };
  }
}
