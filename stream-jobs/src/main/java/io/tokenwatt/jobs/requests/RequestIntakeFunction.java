package io.tokenwatt.jobs.requests;

import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.RequestIntakeRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Counts what became of an agent's events, by Kafka's record time. Rows are written when the window
 * is over by the watermark, and 3 s after the last event by the machine's clock.
 */
public final class RequestIntakeFunction
    extends KeyedProcessFunction<String, IntakePart, RequestIntakeRow> {
  private static final long serialVersionUID = 1;
  private static final long PATIENCE_MS = 3_000;

  /** One window's counts by outcome: events, prompt tokens, output tokens. A Flink POJO. */
  public static final class Counts {
    public Map<String, long[]> byOutcome = new HashMap<>();
    public boolean dirty;
  }

  private final long versionBase;
  private transient MapState<Long, Counts> windows;

  public RequestIntakeFunction(int epoch) {
    this.versionBase = (long) epoch << 40;
  }

  @Override
  public void open(OpenContext context) {
    windows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "windows", TypeInformation.of(Long.class), TypeInformation.of(Counts.class)));
  }

  @Override
  public void processElement(IntakePart part, Context context, Collector<RequestIntakeRow> out)
      throws Exception {
    long start = Window.startOf(part.recordMs());
    Counts counts = windows.get(start);
    if (counts == null) {
      counts = new Counts();
      // Kafka's time does not go back; what is spared is for partitions that are read unevenly.
      context.timerService().registerEventTimeTimer(start + TimeModel.LATENESS_MS);
    }
    long[] sums = counts.byOutcome.computeIfAbsent(part.outcome(), o -> new long[3]);
    sums[0]++;
    sums[1] += part.promptTokens();
    sums[2] += part.outputTokens();
    counts.dirty = true;
    windows.put(start, counts);
    context.timerService().registerEventTimeTimer(start + Window.SIZE_MS);
    long soon = context.timerService().currentProcessingTime() + PATIENCE_MS;
    context.timerService().registerProcessingTimeTimer(soon / 1000 * 1000 + 1000);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RequestIntakeRow> out)
      throws Exception {
    List<Long> old = new ArrayList<>();
    for (Map.Entry<Long, Counts> entry : windows.entries()) {
      Counts counts = entry.getValue();
      if (counts.dirty) {
        counts.dirty = false;
        rows(context.getCurrentKey(), entry.getKey(), counts).forEach(out::collect);
        entry.setValue(counts);
      }
      if (entry.getKey() + TimeModel.LATENESS_MS <= context.timerService().currentWatermark()) {
        old.add(entry.getKey());
      }
    }
    for (Long start : old) {
      windows.remove(start);
    }
  }

  private List<RequestIntakeRow> rows(String agent, long start, Counts counts) {
    List<RequestIntakeRow> rows = new ArrayList<>();
    counts.byOutcome.forEach(
        (outcome, n) ->
            rows.add(
                new RequestIntakeRow(start, agent, outcome, n[0], n[1], n[2], versionBase + n[0])));
    return rows;
  }
}
