package io.tokenwatt.jobs.requests;

import io.tokenwatt.jobs.efficiency.CatalogueNaming;
import io.tokenwatt.jobs.efficiency.FollowedTable;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.latency.EventCheck;
import io.tokenwatt.jobs.latency.EventPart;
import io.tokenwatt.jobs.latency.Intake;
import io.tokenwatt.jobs.latency.Requests;
import io.tokenwatt.jobs.latency.SloBook;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.storage.Reject;
import java.util.EnumMap;
import java.util.Map;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Stage 1: decodes an event and counts its id once. An id's events are of one partition and come in
 * its order, so that the first one counts whatever the timing. State: per id a time, for 25 minutes
 * after Kafka took the event (longer only if its clock was ahead); a timer clears it.
 */
public final class DedupFunction extends KeyedProcessFunction<String, RawRecord, EventPart> {
  private static final long serialVersionUID = 1;

  /** Partitions are read unevenly; what is kept longer than needed changes nothing. */
  private static final long SPARE_MS = 600_000;

  static final OutputTag<IntakePart> INTAKE =
      new OutputTag<>("intake", TypeInformation.of(IntakePart.class));
  static final OutputTag<RejectedEvent> REJECTS =
      new OutputTag<>("rejects", TypeInformation.of(RejectedEvent.class));

  /**
   * A record that was not counted: where it lies, why, and how long it is; nothing of what it says.
   */
  public record RejectedEvent(
      long timeMs, String topic, int partition, long offset, String reason, long bytes) {

    Reject row() {
      return new Reject(timeMs, topic, partition, offset, "", reason, "", bytes, new byte[0]);
    }
  }

  private final FollowedTable<SloBook> slos;
  private transient ValueState<Long> forgetAt;
  private transient Requests requests;
  private transient Map<Intake.Outcome, Counter> outcomes;

  public DedupFunction(FollowedTable<SloBook> slos) {
    this.slos = slos;
  }

  @Override
  public void open(OpenContext context) {
    forgetAt =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("forget-at", TypeInformation.of(Long.class)));
    requests = new Requests(new CatalogueNaming(), slos::now);
    slos.open(getRuntimeContext());
    outcomes = new EnumMap<>(Intake.Outcome.class);
    for (Intake.Outcome outcome : Intake.Outcome.values()) {
      outcomes.put(
          outcome,
          getRuntimeContext().getMetricGroup().counter("request_events_" + outcome.label()));
    }
  }

  @Override
  public void close() {
    slos.close();
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<EventPart> out)
      throws Exception {
    long recordMs = record.timestampMs();
    EventCheck.Result decoded = EventCheck.decode(record.key(), record.value(), recordMs);
    if (decoded.event().isEmpty()) {
      tell(record, RequestEvent.getDefaultInstance(), Intake.Outcome.REJECTED, context);
      keepAside(record, decoded.reason(), context);
      return;
    }
    RequestEvent event = decoded.event().get();
    Long remembered = forgetAt.value();
    Intake.Outcome outcome =
        Intake.outcome(event, recordMs, remembered == null ? Long.MIN_VALUE : remembered);
    tell(record, event, outcome, context);
    if (outcome == Intake.Outcome.LATE) {
      keepAside(record, "late", context);
    } else if (outcome == Intake.Outcome.COUNTED) {
      long until = Intake.forgetAtMs(event, recordMs);
      forgetAt.update(until);
      context.timerService().registerEventTimeTimer(until + SPARE_MS);
      out.collect(requests.part(event, recordMs));
    }
  }

  private void tell(RawRecord record, RequestEvent e, Intake.Outcome outcome, Context context) {
    outcomes.get(outcome).inc();
    context.output(
        INTAKE,
        new IntakePart(
            record.timestampMs(),
            e.getAgent(),
            outcome.label(),
            e.getPromptTokens(),
            e.getOutputTokens()));
  }

  private static void keepAside(RawRecord record, String reason, Context context) {
    context.output(
        REJECTS,
        new RejectedEvent(
            record.timestampMs(),
            record.topic(),
            record.partition(),
            record.offset(),
            reason,
            record.value().length));
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<EventPart> out)
      throws Exception {
    Long until = forgetAt.value();
    if (until != null && until + SPARE_MS <= timestamp) {
      forgetAt.clear();
    }
  }
}
