package io.tokenwatt.collectors.exposition;

/** What a TYPE line can say about a family. */
public enum FamilyType {
  COUNTER,
  GAUGE,
  HISTOGRAM,
  SUMMARY,
  /** Prometheus text's word for "not known". */
  UNTYPED,
  INFO,
  STATESET,
  GAUGE_HISTOGRAM,
  /** OpenMetrics' word for "not known". */
  UNKNOWN;

  /** The type of that name as written in a TYPE line, or null where there is none such. */
  static FamilyType ofWord(String word) {
    return switch (word) {
      case "counter" -> COUNTER;
      case "gauge" -> GAUGE;
      case "histogram" -> HISTOGRAM;
      case "summary" -> SUMMARY;
      case "untyped" -> UNTYPED;
      case "info" -> INFO;
      case "stateset" -> STATESET;
      case "gaugehistogram" -> GAUGE_HISTOGRAM;
      case "unknown" -> UNKNOWN;
      default -> null;
    };
  }
}
