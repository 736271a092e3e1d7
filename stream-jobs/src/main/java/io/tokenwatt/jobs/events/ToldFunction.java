package io.tokenwatt.jobs.events;

import io.tokenwatt.jobs.changes.ToldCheck;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.efficiency.RejectedRecord;
import io.tokenwatt.model.fact.ChangeEvent;
import java.time.Duration;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.StateTtlConfig;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Decodes told events and lets each id through once: its records are of one partition, so that the
 * first one counts whatever the timing. State: per id the first record's time, for a week by the
 * machine's clock; an id that comes again later makes a row of the same key and a second, harmless
 * report. Read = counted + duplicate + rejected.
 */
public final class ToldFunction extends KeyedProcessFunction<String, RawRecord, ChangeEvent> {
  private static final long serialVersionUID = 1;
  private static final Duration REMEMBER = Duration.ofDays(7);

  static final OutputTag<RejectedRecord> REJECTS =
      new OutputTag<>("rejected-events", TypeInformation.of(RejectedRecord.class));

  private transient ValueState<Long> first;
  private transient Counter counted;
  private transient Counter duplicate;
  private transient Counter rejected;

  @Override
  public void open(OpenContext context) {
    ValueStateDescriptor<Long> descriptor =
        new ValueStateDescriptor<>("first", TypeInformation.of(Long.class));
    descriptor.enableTimeToLive(StateTtlConfig.newBuilder(REMEMBER).build());
    first = getRuntimeContext().getState(descriptor);
    counted = getRuntimeContext().getMetricGroup().counter("change_events_counted");
    duplicate = getRuntimeContext().getMetricGroup().counter("change_events_duplicate");
    rejected = getRuntimeContext().getMetricGroup().counter("change_events_rejected");
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<ChangeEvent> out)
      throws Exception {
    ToldCheck.Result result = ToldCheck.decode(record.key(), record.value(), record.timestampMs());
    if (result.event().isEmpty()) {
      rejected.inc();
      context.output(REJECTS, new RejectedRecord(record, result.reason(), result.detail()));
    } else if (first.value() != null) {
      duplicate.inc();
    } else {
      first.update(record.timestampMs());
      counted.inc();
      out.collect(result.event().get());
    }
  }
}
