package io.tokenwatt.jobs.regressions;

import com.sun.management.OperatingSystemMXBean;
import io.tokenwatt.jobs.efficiency.JobEnvironment;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.Place;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.util.Collector;

/** What a board's row costs at the judge, by hand: boards, keys, windows, checkpoint s. */
final class RegressionCost {
  private RegressionCost() {}

  public static void main(String[] arguments) throws Exception {
    int boards = Integer.parseInt(arguments[0]);
    int keys = Integer.parseInt(arguments[1]);
    int windows = Integer.parseInt(arguments[2]);
    long rows = (long) boards * windows;
    run(boards, keys, rows / 4, true, arguments[3]); // warm-up
    long none = run(boards, keys, rows, false, arguments[3]);
    long judged = run(boards, keys, rows, true, arguments[3]);
    System.out.printf(
        "%,d rows of %,d boards, %,d keys: CPU time: made %.0f ns/row, made + sent + judged %.0f ns/row, difference %.0f ns/row%n",
        rows,
        boards,
        keys,
        (double) none / rows,
        (double) judged / rows,
        (double) (judged - none) / rows);
  }

  private static long run(int boards, int keys, long rows, boolean judge, String checkpoint)
      throws Exception {
    var configuration =
        JobEnvironment.configuration(
            "file:///tmp/regression-cost", Duration.ofSeconds(Long.parseLong(checkpoint)));
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
    DataStream<GpuRow> gpus =
        env.fromSequence(0, rows - 1)
            .map(i -> row(i, boards, keys))
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<GpuRow>forMonotonousTimestamps()
                    .withTimestampAssigner((row, t) -> row.windowStartMs() + 11_000));
    if (judge) {
      DataStream<ChangeEvent> changes =
          env.fromSequence(1, 1)
              .flatMap((Long i, Collector<ChangeEvent> out) -> {})
              .returns(TypeInformation.of(ChangeEvent.class));
      gpus.flatMap(new Owned())
          .keyBy(RegressionInput::key)
          .connect(changes.broadcast(RegressionFunction.CHANGES))
          .process(new RegressionFunction(RegressionRun.TUNING, Duration.ofSeconds(5), 0))
          .sinkTo(new DiscardingSink<>());
    } else {
      gpus.sinkTo(new DiscardingSink<>());
    }
    // The machine may be shared: what counts is this process' own time, garbage collection
    // included.
    var process = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long before = process.getProcessCpuTime();
    env.execute();
    return process.getProcessCpuTime() - before;
  }

  private static GpuRow row(long i, int boards, int keys) {
    int board = (int) (i % boards);
    long[] amounts = new long[GpuMeasure.values().length];
    Arrays.fill(amounts, 10_000 + board);
    return new GpuRow(
        1_800_000_000_000L + i / boards * 10_000,
        new Place("node-" + board / 8, "eu", "z", "c1", "s", "r"),
        "GPU-" + board,
        board % 8,
        "H100-SXM",
        "550.54",
        "w" + board / 8 % keys,
        "busy",
        0,
        0,
        amounts,
        0,
        1000,
        10);
  }
}
