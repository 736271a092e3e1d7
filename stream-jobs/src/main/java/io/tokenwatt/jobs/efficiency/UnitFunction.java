package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.jobs.serving.UnitWindow;
import io.tokenwatt.model.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Between the stages: joins the parts of engines that no node sees whole. A window is decided when
 * the watermark is past its end by the hand-on delay, and again, at most once a second, when it
 * changes; what was handed on is corrected by further parts. State: one {@link UnitWindow} per
 * window for {@link CellFunction#KEEP_MS}.
 */
public final class UnitFunction extends KeyedProcessFunction<String, CellPart, CellPart> {
  private static final long serialVersionUID = 1;

  private final long handOnMs;
  private final long judgeDelayMs;
  private transient MapState<Long, UnitWindow> windows;
  private transient Counter tooOld;

  /**
   * @param fireDelay of the stage behind, which this one must come before
   * @param judgeDelay how long after its end a window is judged; zero = never. Until then only what
   *     is known by then is joined.
   */
  public UnitFunction(Duration fireDelay, Duration judgeDelay) {
    this.judgeDelayMs = judgeDelay.toMillis();
    this.handOnMs = Math.max(0, fireDelay.toMillis() - 500);
  }

  @Override
  public void open(OpenContext context) {
    windows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "units", TypeInformation.of(Long.class), TypeInformation.of(UnitWindow.class)));
    tooOld = getRuntimeContext().getMetricGroup().counter("parts_beyond_state");
  }

  @Override
  public void processElement(CellPart part, Context context, Collector<CellPart> out)
      throws Exception {
    long end = part.windowStartMs() + Window.SIZE_MS;
    long watermark = context.timerService().currentWatermark();
    UnitWindow window = windows.get(part.windowStartMs());
    if (window == null) {
      if (watermark != Long.MAX_VALUE && watermark >= end + CellFunction.KEEP_MS) {
        tooOld.inc(); // cannot be, by the time model
        return;
      }
      window = new UnitWindow();
      context.timerService().registerEventTimeTimer(end + CellFunction.KEEP_MS);
    }
    long judged = end + judgeDelayMs;
    if (judgeDelayMs > 0 && part.knownMs() > judged && watermark < judged) {
      window.later.add(part);
      windows.put(part.windowStartMs(), window);
      context.timerService().registerEventTimeTimer(judged);
      return;
    }
    window.add(part);
    windows.put(part.windowStartMs(), window);
    long due = end + handOnMs;
    context
        .timerService()
        .registerEventTimeTimer(
            watermark < due ? due : Math.floorDiv(watermark, 1000) * 1000 + 1000);
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<CellPart> out)
      throws Exception {
    List<Long> old = new ArrayList<>();
    for (Map.Entry<Long, UnitWindow> entry : windows.entries()) {
      long end = entry.getKey() + Window.SIZE_MS;
      UnitWindow window = entry.getValue();
      if (window.dirty && end + handOnMs <= timestamp) {
        window.changes(entry.getKey()).forEach(p -> out.collect(p.knownAt(timestamp)));
        entry.setValue(window);
      }
      if (end + judgeDelayMs <= timestamp && window.addLater()) {
        context.timerService().registerEventTimeTimer(timestamp + 1000);
        entry.setValue(window);
      }
      if (end + CellFunction.KEEP_MS <= timestamp) {
        old.add(entry.getKey());
      }
    }
    for (Long start : old) {
      windows.remove(start);
    }
  }
}
