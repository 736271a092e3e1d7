package io.tokenwatt.jobs.requests;

import io.tokenwatt.jobs.latency.EventPart;
import io.tokenwatt.jobs.latency.RequestWindow;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.RequestRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Stage 2: adds the events of one row's key. A row is written when its window is over, and again,
 * at most once a second, when it changes. Requests may stop for hours, and the watermark with them,
 * so the machine's clock writes rows too; when a row is written never changes what it says in the
 * end.
 */
public final class RequestRowFunction extends KeyedProcessFunction<String, EventPart, RequestRow> {
  private static final long serialVersionUID = 1;

  /** Longer than an event can be late, with 10 minutes to spare. */
  static final long KEEP_MS = TimeModel.LATENESS_MS + Window.SIZE_MS + 600_000;

  /** How long the machine's clock waits for the watermark to do it. */
  private static final long PATIENCE_MS = 3_000;

  private final long fireDelayMs;
  private final long versionBase;
  private transient MapState<Long, RequestWindow> windows;
  private transient Counter tooOld;

  public RequestRowFunction(Duration fireDelay, int epoch) {
    this.fireDelayMs = fireDelay.toMillis();
    this.versionBase = (long) epoch << 40;
  }

  @Override
  public void open(OpenContext context) {
    windows =
        getRuntimeContext()
            .getMapState(
                new MapStateDescriptor<>(
                    "windows",
                    TypeInformation.of(Long.class),
                    TypeInformation.of(RequestWindow.class)));
    tooOld = getRuntimeContext().getMetricGroup().counter("parts_beyond_state");
  }

  @Override
  public void processElement(EventPart part, Context context, Collector<RequestRow> out)
      throws Exception {
    long start = part.windowStartMs();
    long end = start + Window.SIZE_MS;
    long watermark = context.timerService().currentWatermark();
    RequestWindow window = windows.get(start);
    if (window == null) {
      if (watermark != Long.MAX_VALUE && watermark >= end + KEEP_MS) {
        tooOld.inc(); // cannot be, by the time model; a row from this event alone would be wrong
        return;
      }
      window = new RequestWindow();
      context.timerService().registerEventTimeTimer(end + KEEP_MS);
    }
    window.add(part);
    long fire = end + fireDelayMs;
    context.timerService().registerEventTimeTimer(watermark < fire ? fire : nextSecond(watermark));
    long now = context.timerService().currentProcessingTime();
    long early = Math.max(0, fire - context.timestamp());
    window.dueMs = nextSecond(now + early + PATIENCE_MS);
    context.timerService().registerProcessingTimeTimer(window.dueMs);
    windows.put(start, window);
  }

  private static long nextSecond(long ms) {
    return Math.floorDiv(ms, 1000) * 1000 + 1000;
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<RequestRow> out)
      throws Exception {
    boolean byWatermark = context.timeDomain() == TimeDomain.EVENT_TIME;
    List<Long> old = new ArrayList<>();
    for (Map.Entry<Long, RequestWindow> entry : windows.entries()) {
      long end = entry.getKey() + Window.SIZE_MS;
      RequestWindow window = entry.getValue();
      boolean due = byWatermark ? end + fireDelayMs <= timestamp : window.dueMs <= timestamp;
      if (window.dirty && due) {
        window.dirty = false;
        out.collect(window.row(entry.getKey(), versionBase));
        entry.setValue(window);
      }
      if (byWatermark && end + KEEP_MS <= timestamp) {
        old.add(entry.getKey());
      }
    }
    for (Long start : old) {
      windows.remove(start);
    }
  }
}
