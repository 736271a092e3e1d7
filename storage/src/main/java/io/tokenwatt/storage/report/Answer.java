package io.tokenwatt.storage.report;

import java.util.List;
import java.util.Map;

/**
 * What a report found.
 *
 * @param observed what the store holds of the span; null = nothing
 * @param rows per row the values of the report's columns and reason columns: null, String, Boolean
 *     or BigDecimal
 * @param notes what has to be known beside the numbers, for people
 */
record Answer(
    Report report,
    Span span,
    Observed observed,
    List<Map<String, Object>> rows,
    List<String> notes) {

  /**
   * @param first start of the first hour with data, UTC text
   * @param last end of the last window with data, UTC text
   * @param hours with data
   * @param boardCoverage board time that was read by board time that should have been; null = none
   */
  record Observed(String first, String last, long hours, Double boardCoverage) {}
}
