package io.tokenwatt.storage;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.CellRow;
import java.util.List;

/** Sums of measures over rows and their ratios; null where there is nothing to divide by. */
final class Sums {
  private Sums() {}

  static Double mean(
      List<CellRow> rows, CellMeasure numerator, CellMeasure denominator, double scale) {
    return ratio(sum(rows, numerator) / scale, sum(rows, denominator));
  }

  static Double ratio(double numerator, double denominator) {
    return denominator == 0 ? null : Double.valueOf(numerator / denominator);
  }

  static double sum(List<CellRow> rows, CellMeasure measure) {
    return rows.stream().mapToDouble(row -> at(row, measure)).sum();
  }

  static double at(CellRow row, CellMeasure measure) {
    return row.amounts()[measure.ordinal()];
  }
}
