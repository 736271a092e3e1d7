package io.tokenwatt.jobs.events;

import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.efficiency.RejectedRecord;
import io.tokenwatt.model.fact.ChangeEvent;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * What changed: events that people and CI told, and those that were detected in node samples, into
 * table {@code events} and on to whoever looks for causes.
 */
public final class ChangeEvents {
  private final Source<RawRecord, ?, ?> told;
  private final Sinks sinks;

  /** Where events go, and records that are none. */
  public record Sinks(
      Sink<ChangeEvent> events, Sink<RejectedRecord> rejects, Sink<RejectedRecord> rejectsTopic) {}

  /**
   * @param told topic tokenwatt.events
   */
  public ChangeEvents(Source<RawRecord, ?, ?> told, Sinks sinks) {
    this.told = told;
    this.sinks = sinks;
  }

  /**
   * Adds the operators to the environment.
   *
   * @param detected by EfficiencyJob
   * @return both, without descriptions of what ran already when a node was first seen. Told events
   *     hold no watermark back; {@link ChangeEvent#version} is Kafka's record time of either.
   */
  public DataStream<ChangeEvent> build(
      StreamExecutionEnvironment env, DataStream<ChangeEvent> detected) {
    WatermarkStrategy<RawRecord> recordTime =
        WatermarkStrategy.<RawRecord>forGenerator(context -> new NeverWaits<>())
            .withTimestampAssigner((record, kafka) -> record.timestampMs());
    SingleOutputStreamOperator<ChangeEvent> events =
        env.fromSource(told, recordTime, "events")
            .uid("events-told")
            .keyBy(RawRecord::key)
            .process(new ToldFunction())
            .name("each told event once")
            .uid("events-once");
    DataStream<ChangeEvent> all = detected.union(events);
    all.sinkTo(sinks.events()).name("events").uid("events");
    DataStream<RejectedRecord> rejects = events.getSideOutput(ToldFunction.REJECTS);
    rejects.sinkTo(sinks.rejects()).name("rejected told events").uid("events-rejects");
    rejects.sinkTo(sinks.rejectsTopic()).name("topic rejects").uid("events-topic-rejects");
    return all.filter(event -> event.origin() != ChangeEvent.Origin.FIRST_SEEN)
        .name("changes")
        .uid("events-changes");
  }
}
