package io.tokenwatt.collectors.exposition;

import java.util.Locale;

/** The two text formats that exporters speak. */
public enum ExpositionFormat {
  /**
   * Prometheus text 0.0.4, read leniently: blanks and tabs anywhere between tokens, comments, blank
   * lines, a trailing comma in a label set.
   */
  PROMETHEUS_TEXT,

  /** OpenMetrics 1.0, read strictly: single blanks, no comments, {@code # EOF} last. */
  OPENMETRICS;

  /**
   * The format that an HTTP {@code Content-Type} announces. Lenient: no version parameter is
   * needed, and whatever is not OpenMetrics, null included, is Prometheus text, because
   * dcgm-exporter sends no content type of its own.
   */
  public static ExpositionFormat ofContentType(String headerOrNull) {
    if (headerOrNull == null) {
      return PROMETHEUS_TEXT;
    }
    String type = headerOrNull.strip().toLowerCase(Locale.ROOT);
    return type.startsWith("application/openmetrics-text") ? OPENMETRICS : PROMETHEUS_TEXT;
  }
}
