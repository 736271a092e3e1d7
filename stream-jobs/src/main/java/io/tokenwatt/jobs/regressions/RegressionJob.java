package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.efficiency.EfficiencyJob;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.JudgedRow;
import io.tokenwatt.model.fact.RegressionRow;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Closed windows in, regressions out: part of EfficiencyJob's graph, so that the record time of
 * node samples tells when a window is judged.
 */
public final class RegressionJob {
  private final Settings settings;
  private final Sinks sinks;

  /**
   * @param judgeDelay the one that the rows were made for
   * @param epoch of a deliberate recomputation
   */
  public record Settings(Tuning tuning, Duration judgeDelay, int epoch) {}

  /** Where each kind of row goes. */
  public record Sinks(
      Sink<RegressionRow> table, Sink<RegressionRow> topic, Sink<JudgedRow> judged) {}

  public RegressionJob(Settings settings, Sinks sinks) {
    this.settings = settings;
    this.sinks = sinks;
  }

  /**
   * Adds the job's operators behind EfficiencyJob's.
   *
   * @param changes must not hold the watermark back: idle, or of the same node samples
   */
  public void build(EfficiencyJob.Judged judged, DataStream<ChangeEvent> changes) {
    DataStream<RegressionInput> cells =
        judged
            .cells()
            .filter(row -> RegressionInput.isWatched(row.cell().workload()))
            .name("watched cells")
            .uid("watched-cells")
            .map(RegressionInput::of)
            .name("cells to judge")
            .uid("cells-to-judge");
    DataStream<RegressionInput> gpus =
        judged.gpus().flatMap(new Owned()).name("boards to judge").uid("boards-to-judge");
    DataStream<RegressionInput> engines =
        judged
            .engines()
            .filter(row -> RegressionInput.isWatched(row.workload()))
            .name("watched engines")
            .uid("watched-engines")
            .map(RegressionInput::of)
            .name("engines to judge")
            .uid("engines-to-judge");
    SingleOutputStreamOperator<RegressionRow> rows =
        cells
            .union(gpus, engines)
            .keyBy(RegressionInput::key)
            .connect(changes.broadcast(RegressionFunction.CHANGES))
            .process(
                new RegressionFunction(settings.tuning(), settings.judgeDelay(), settings.epoch()))
            .name("judge per region and workload")
            .uid("regression-judge");
    rows.sinkTo(sinks.table()).name("regressions").uid("regressions");
    rows.sinkTo(sinks.topic()).name("topic regressions").uid("topic-regressions");
    rows.getSideOutput(RegressionFunction.JUDGED)
        .sinkTo(sinks.judged())
        .name("judged_windows")
        .uid("judged_windows");
  }
}
