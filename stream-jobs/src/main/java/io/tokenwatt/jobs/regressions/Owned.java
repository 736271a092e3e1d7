package io.tokenwatt.jobs.regressions;

import io.tokenwatt.model.fact.GpuRow;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** A board goes to each workload that shares it; free boards go nowhere. */
final class Owned implements FlatMapFunction<GpuRow, RegressionInput> {
  private static final long serialVersionUID = 1;

  @Override
  public void flatMap(GpuRow row, Collector<RegressionInput> out) {
    String workload = row.workload();
    if (workload.indexOf(',') < 0) {
      tell(row, workload, out);
    } else {
      for (String one : workload.split(",")) {
        tell(row, one, out);
      }
    }
  }

  private static void tell(GpuRow row, String workload, Collector<RegressionInput> out) {
    if (RegressionInput.isWatched(workload)) {
      out.collect(RegressionInput.of(row, workload));
    }
  }
}
