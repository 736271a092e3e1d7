package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.cost.PriceBook;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.jobs.node.CellPart;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.LatencyRow;
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
import org.apache.flink.util.OutputTag;

/**
 * Stage 2: adds the parts of one cell. A window's row is written when the watermark is past its end
 * by the fire delay, and again, at most once a second, when it changes. State: one {@link
 * CellWindow} per window for {@link #KEEP_MS}.
 */
public final class CellFunction extends KeyedProcessFunction<Long, CellPart, CellRow> {
  private static final long serialVersionUID = 1;

  /**
   * Longer than the oldest window that a record of now can touch (lateness + gap + window), with 10
   * minutes to spare for partitions that are read unevenly.
   */
  static final long KEEP_MS =
      TimeModel.LATENESS_MS + TimeModel.MAX_GAP_MS + Window.SIZE_MS + 600_000;

  static final OutputTag<LatencyRow> LATENCIES =
      new OutputTag<>("latencies", TypeInformation.of(LatencyRow.class));

  /** What is judged of each window, once. */
  static final OutputTag<SettledCell> SETTLED =
      new OutputTag<>("settled", TypeInformation.of(SettledCell.class));

  private final FollowedTable<PriceBook> prices;
  private final long fireDelayMs;
  private final long judgeDelayMs;
  private final long versionBase;
  private transient MapState<Long, CellWindow> windows;
  private transient Counter tooOld;
  private transient Counter afterVerdict;

  /**
   * @param judgeDelay how long after its end a window is judged; zero = never
   */
  public CellFunction(
      FollowedTable<PriceBook> prices, Duration fireDelay, int epoch, Duration judgeDelay) {
    this.prices = prices;
    this.judgeDelayMs = judgeDelay.toMillis();
    this.fireDelayMs = fireDelay.toMillis();
    this.versionBase = (long) epoch << 40;
  }

  @Override
  public void open(OpenContext context) {
    prices.open(getRuntimeContext());
    windows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "windows",
                    TypeInformation.of(Long.class),
                    TypeInformation.of(CellWindow.class)));
    tooOld = getRuntimeContext().getMetricGroup().counter("parts_beyond_state");
    afterVerdict = getRuntimeContext().getMetricGroup().counter("parts_after_verdict");
  }

  @Override
  public void close() {
    prices.close();
  }

  @Override
  public void processElement(CellPart part, Context context, Collector<CellRow> out)
      throws Exception {
    long start = part.windowStartMs();
    long watermark = context.timerService().currentWatermark();
    long end = start + Window.SIZE_MS;
    CellWindow window = windows.get(start);
    if (window == null) {
      if (watermark != Long.MAX_VALUE && watermark >= end + KEEP_MS) {
        tooOld.inc(); // cannot be, by the time model; a row from this part alone would be wrong
        return;
      }
      window = new CellWindow();
      context.timerService().registerEventTimeTimer(end + KEEP_MS);
    }
    window.add(part);
    settle(part, window, end + judgeDelayMs, context);
    windows.put(start, window);
    long fire = end + fireDelayMs;
    context
        .timerService()
        .registerEventTimeTimer(
            watermark < fire ? fire : Math.floorDiv(watermark, 1000) * 1000 + 1000);
  }

  private void settle(CellPart part, CellWindow window, long judgedMs, Context context) {
    if (judgeDelayMs == 0 || part.knownMs() > judgedMs) {
      return; // a correction: it changes no verdict
    }
    if (context.timerService().currentWatermark() >= judgedMs) {
      afterVerdict.inc(); // its partition was idle, or read behind the others
      return;
    }
    if (window.settling == null) {
      window.settling = new Settling();
      context.timerService().registerEventTimeTimer(judgedMs);
    }
    window.settling.add(part);
  }

  private void tellSettled(long timestamp, OnTimerContext context) throws Exception {
    long start = timestamp - judgeDelayMs - Window.SIZE_MS;
    CellWindow window = judgeDelayMs == 0 ? null : windows.get(start);
    if (window != null && window.settling != null) {
      context.output(SETTLED, window.settled(start, prices.now()));
      windows.put(start, window);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<CellRow> out)
      throws Exception {
    tellSettled(timestamp, context);
    List<Long> old = new ArrayList<>();
    PriceBook inForce = prices.now();
    for (Map.Entry<Long, CellWindow> entry : windows.entries()) {
      long end = entry.getKey() + Window.SIZE_MS;
      CellWindow window = entry.getValue();
      if (window.dirty && end + fireDelayMs <= timestamp) {
        window.dirty = false;
        out.collect(window.row(entry.getKey(), inForce, versionBase));
        window
            .latencies(entry.getKey(), versionBase)
            .forEach(row -> context.output(LATENCIES, row));
        entry.setValue(window);
      }
      if (end + KEEP_MS <= timestamp) {
        old.add(entry.getKey());
      }
    }
    for (Long start : old) {
      windows.remove(start);
    }
  }
}
