package io.tokenwatt.jobs.regressions;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.JudgedRow;
import io.tokenwatt.model.fact.RegressionRow;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Judges each window of a (region, workload) once, in order, when the watermark of record time is
 * past its end by the judge delay. What comes for a window after that is counted and left out.
 *
 * <p>State per key: rows of windows to be judged (about one window), {@link WatchState}, and a
 * {@link WatchedSeries} per series, each forgotten {@link #FORGET_MS} after its last window. Events
 * are few and may concern every key: they are broadcast and kept for {@link ChangeLog#KEEP_MS}.
 */
public final class RegressionFunction
    extends KeyedBroadcastProcessFunction<String, RegressionInput, ChangeEvent, RegressionRow> {
  private static final long serialVersionUID = 1;

  /** A series that was not seen for 14 days starts anew. */
  static final long FORGET_MS = 14 * 86_400_000L;

  /** How often silence is looked at while something is open, and else. */
  static final long WAKE_MS = 60_000;

  static final long DOZE_MS = 86_400_000;

  static final MapStateDescriptor<String, KnownChange> CHANGES =
      new MapStateDescriptor<>("changes", Types.STRING, TypeInformation.of(KnownChange.class));
  static final OutputTag<JudgedRow> JUDGED =
      new OutputTag<>("judged", TypeInformation.of(JudgedRow.class));

  private final Tuning tuning;
  private final long judgeDelayMs;
  private final int epoch;
  private transient MapState<Long, PendingWindow> windows;
  private transient MapState<Long, WatchedSeries> series;
  private transient ValueState<WatchState> watches;
  private transient Detector detector;
  private transient Rows rows;
  private transient ChangeLog changes;
  private transient JudgeCounters counters;

  /**
   * @param judgeDelay after a window's end, as its rows were made for
   */
  public RegressionFunction(Tuning tuning, Duration judgeDelay, int epoch) {
    this.tuning = tuning;
    this.judgeDelayMs = judgeDelay.toMillis();
    this.epoch = epoch;
  }

  @Override
  public void open(OpenContext context) {
    windows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "pending", Types.LONG, TypeInformation.of(PendingWindow.class)));
    series =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "series", Types.LONG, TypeInformation.of(WatchedSeries.class)));
    watches =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("watch", TypeInformation.of(WatchState.class)));
    detector = new Detector(tuning);
    rows = new Rows(epoch);
    changes = new ChangeLog();
    counters = new JudgeCounters(getRuntimeContext().getMetricGroup());
  }

  @Override
  public void processElement(
      RegressionInput input, ReadOnlyContext context, Collector<RegressionRow> out)
      throws Exception {
    long start = input.windowStartMs();
    long due = start + Window.SIZE_MS + judgeDelayMs;
    if (context.currentWatermark() >= due) {
      counters.late();
      return;
    }
    PendingWindow window = windows.get(start);
    if (window == null) {
      window = new PendingWindow();
      context.timerService().registerEventTimeTimer(due);
    }
    window.add(input);
    windows.put(start, window);
  }

  @Override
  public void processBroadcastElement(
      ChangeEvent event, Context context, Collector<RegressionRow> out) throws Exception {
    counters.changesDropped(
        changes.add(event, context.currentWatermark(), context.getBroadcastState(CHANGES)));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RegressionRow> out)
      throws Exception {
    long start = timestamp - judgeDelayMs - Window.SIZE_MS;
    PendingWindow window = windows.get(start);
    WatchState watch = watches.value();
    if (watch == null) {
      watch = new WatchState();
    }
    Map<Long, WatchedSeries> known = new HashMap<>();
    series.entries().forEach(entry -> known.put(entry.getKey(), entry.getValue()));
    Judge judge = new Judge(detector, rows, watch, known, timestamp, out::collect);
    ReadOnlyBroadcastState<String, KnownChange> told = context.getBroadcastState(CHANGES);
    judge.take(changes.since(watch.changesToMs, timestamp, context.getCurrentKey(), told));
    watch.changesToMs = Math.max(watch.changesToMs, timestamp);
    judge.judge(window);
    windows.remove(start);
    counters.judged(judge);
    new JudgedHours(watch.judged, context.getCurrentKey(), epoch)
        .add(start, judge.outcomes(), row -> context.output(JUDGED, row));
    keep(judge, watch, timestamp, context);
  }

  private void keep(Judge judge, WatchState watch, long nowMs, OnTimerContext context)
      throws Exception {
    boolean open = false;
    boolean any = false;
    for (Map.Entry<Long, WatchedSeries> entry : judge.series().entrySet()) {
      WatchedSeries watched = entry.getValue();
      if (watched.seenMs + FORGET_MS <= nowMs) {
        series.remove(entry.getKey());
      } else {
        series.put(entry.getKey(), watched);
        any = true;
        open |= !watched.written.isEmpty();
      }
    }
    watch.nodes.values().removeIf(seen -> seen + 2 * JudgedHour.HOUR_MS < nowMs);
    if (!any && watch.seenMs + FORGET_MS <= nowMs) {
      watches.clear();
      return;
    }
    long wake = nowMs + (open ? WAKE_MS : DOZE_MS);
    if (watch.wakeMs <= nowMs || wake < watch.wakeMs) {
      watch.wakeMs = wake;
      context.timerService().registerEventTimeTimer(wake);
    }
    watches.update(watch);
  }
}
