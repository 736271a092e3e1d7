package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.regression.Series;
import io.tokenwatt.jobs.regression.SeriesState;
import java.util.HashMap;
import java.util.Map;

/** The detector's state of one series and what goes with its regressions. A Flink POJO. */
public final class WatchedSeries {
  public SeriesState state;

  /** When it last had a window, record time. */
  public long seenMs;

  /** Entries written of each open regression, by id: the row's version. */
  public Map<String, Long> written = new HashMap<>();

  /**
   * What each open regression was first put down to, by id: the key under which people are told.
   */
  public Map<String, String> causes = new HashMap<>();

  /** Joined by ",". */
  public String clusters = "";

  /** At the last window with a price; NaN = none. */
  public double microusdPerGpuMs = Double.NaN;

  static WatchedSeries of(Series series) {
    WatchedSeries watched = new WatchedSeries();
    watched.state = SeriesState.of(series);
    return watched;
  }

  void saw(SeriesSum sum, long nowMs) {
    seenMs = nowMs;
    if (!sum.clusters.isEmpty()) {
      clusters = String.join(",", sum.clusters);
    }
    double price = sum.microusdPerGpuMs();
    if (!Double.isNaN(price)) {
      microusdPerGpuMs = price;
    }
  }
}
