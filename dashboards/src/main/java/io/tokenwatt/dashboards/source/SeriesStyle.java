package io.tokenwatt.dashboards.source;

/**
 * Colour of one series, so that it means the same on all dashboards.
 *
 * @param series its name as shown
 * @param dashed for limits and expectations, which nobody measured
 */
public record SeriesStyle(String series, Color color, boolean dashed) {
  public static SeriesStyle solid(String series, Color color) {
    return new SeriesStyle(series, color, false);
  }

  public static SeriesStyle dashed(String series, Color color) {
    return new SeriesStyle(series, color, true);
  }
}
