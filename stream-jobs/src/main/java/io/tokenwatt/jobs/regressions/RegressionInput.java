package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.efficiency.SettledCell;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;

/**
 * One row for the judge: exactly one of cell, gpu and engine is there. A record with gaps rather
 * than a sealed type, for Flink's serializers know records but no unions.
 *
 * @param key (region, workload), see {@link #key(String, String)}
 */
public record RegressionInput(
    String key, long windowStartMs, SettledCell cell, GpuRow gpu, EngineRow engine) {

  static RegressionInput of(SettledCell row) {
    String key = key(row.cell().region(), row.cell().workload());
    return new RegressionInput(key, row.windowStartMs(), row, null, null);
  }

  static RegressionInput of(GpuRow row, String workload) {
    String key = key(row.place().region(), workload);
    return new RegressionInput(key, row.windowStartMs(), null, row, null);
  }

  static RegressionInput of(EngineRow row) {
    String key = key(row.place().region(), row.workload());
    return new RegressionInput(key, row.windowStartMs(), null, null, row);
  }

  /** What is judged together: a cause that acts on one series of a workload acts on its others. */
  static String key(String region, String workload) {
    return region + '\u001f' + workload;
  }

  /** Whether a workload is somebody's: free, unknown and folded ones are nobody's to explain. */
  static boolean isWatched(String workload) {
    return !workload.isEmpty() && workload.charAt(0) != '(';
  }
}
