package io.tokenwatt.jobs.events;

import io.tokenwatt.model.fact.ChangeEvent;
import java.util.ArrayList;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Hands an event on when the watermark passes its record time: as a judge of windows would. */
final class OnTime extends KeyedProcessFunction<String, ChangeEvent, ChangeEvent> {
  private static final long serialVersionUID = 1;

  private transient ListState<ChangeEvent> waiting;

  @Override
  public void open(OpenContext context) {
    waiting =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>("waiting", TypeInformation.of(ChangeEvent.class)));
  }

  @Override
  public void processElement(ChangeEvent event, Context context, Collector<ChangeEvent> out)
      throws Exception {
    waiting.add(event);
    context.timerService().registerEventTimeTimer(event.version());
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<ChangeEvent> out)
      throws Exception {
    var rest = new ArrayList<ChangeEvent>();
    for (ChangeEvent event : waiting.get()) {
      if (event.version() <= timestamp) {
        out.collect(event);
      } else {
        rest.add(event);
      }
    }
    waiting.update(rest);
  }
}
