package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.recordtime.RecordTime;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** A topic as its jobs read it: in Kafka's time, and without the records that only tell time. */
public final class RecordLog {
  private RecordLog() {}

  /**
   * Adds the reading operators.
   *
   * @param name of the source, and its uid
   * @param readers subtasks; 0 = as many as other operators have
   */
  public static DataStream<RawRecord> read(
      StreamExecutionEnvironment env,
      Source<RawRecord, ?, ?> source,
      RecordTime<RawRecord> time,
      String name,
      int readers) {
    WatermarkStrategy<RawRecord> recordTime =
        WatermarkStrategy.<RawRecord>forGenerator(time)
            .withTimestampAssigner((record, kafka) -> record.timestampMs());
    SingleOutputStreamOperator<RawRecord> all = env.fromSource(source, recordTime, name).uid(name);
    // Heartbeats go no further than the subtask that read them: their time goes, they do not.
    SingleOutputStreamOperator<RawRecord> telling =
        all.filter(RawRecord::tells).name("without heartbeats").uid(name + "-told");
    if (readers > 0) {
      all.setParallelism(readers);
      telling.setParallelism(readers);
    }
    return telling;
  }
}
