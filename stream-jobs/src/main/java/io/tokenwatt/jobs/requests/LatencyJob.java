package io.tokenwatt.jobs.requests;

import io.tokenwatt.jobs.efficiency.FollowedTable;
import io.tokenwatt.jobs.efficiency.RawRecord;
import io.tokenwatt.jobs.efficiency.RecordLog;
import io.tokenwatt.jobs.latency.EventPart;
import io.tokenwatt.jobs.latency.SloBook;
import io.tokenwatt.jobs.recordtime.RecordTime;
import io.tokenwatt.model.fact.RequestIntakeRow;
import io.tokenwatt.model.fact.RequestRow;
import java.time.Duration;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Request events in, facts out. Stage 1 counts each event once, stage 2 adds up each row.
 * Watermarks come from Kafka's record time.
 */
public final class LatencyJob {
  private final Source<RawRecord, ?, ?> source;
  private final Settings settings;
  private final Sinks sinks;
  private int readers;

  /**
   * @param fireDelay how long after a window's end its first row is written
   * @param idleAfter the last resort for partitions without heartbeats; see {@link RecordTime}
   * @param epoch of a deliberate recomputation
   * @param slos by which requests are judged good, effective by the time of the event
   */
  public record Settings(
      Duration fireDelay, Duration idleAfter, int epoch, FollowedTable<SloBook> slos) {}

  /** Where each kind of row goes. */
  public record Sinks(
      Sink<RequestRow> requests,
      Sink<RequestIntakeRow> intake,
      Sink<DedupFunction.RejectedEvent> rejects) {}

  public LatencyJob(Source<RawRecord, ?, ?> source, Settings settings, Sinks sinks) {
    this.source = source;
    this.settings = settings;
    this.sinks = sinks;
  }

  /**
   * @param subtasks that read the topic; 0 = as many as other operators have
   */
  public LatencyJob withReaders(int subtasks) {
    readers = subtasks;
    return this;
  }

  /** Adds the job's operators to the environment. */
  public void build(StreamExecutionEnvironment env) {
    RecordTime<RawRecord> recordTime = new RecordTime<>(Duration.ZERO, settings.idleAfter());
    SingleOutputStreamOperator<EventPart> events =
        RecordLog.read(env, source, recordTime, "request-events", readers)
            .keyBy(RawRecord::key)
            .process(new DedupFunction(settings.slos()))
            .name("count each event once")
            .uid("request-dedup");
    events
        .keyBy(EventPart::key)
        .process(new RequestRowFunction(settings.fireDelay(), settings.epoch()))
        .name("sum per row")
        .uid("request-sum")
        .sinkTo(sinks.requests())
        .name("request_10s")
        .uid("request_10s");
    events
        .getSideOutput(DedupFunction.INTAKE)
        .keyBy(IntakePart::agent)
        .process(new RequestIntakeFunction(settings.epoch()))
        .name("count per agent")
        .uid("request-intake")
        .sinkTo(sinks.intake())
        .name("request_intake_10s")
        .uid("request_intake_10s");
    events
        .getSideOutput(DedupFunction.REJECTS)
        .sinkTo(sinks.rejects())
        .name("rejected events")
        .uid("request-rejects");
  }
}
