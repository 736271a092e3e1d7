package io.tokenwatt.jobs.recordtime;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The place in the job's graph where a {@link HeartbeatWriter} lives: it starts, moves and ends
 * with the job, reads nothing, hands nothing on and has no state. Enumerator and serializers are
 * borrowed from a source of Flink's own, whose only split nobody asks for.
 */
public final class HeartbeatSource extends NumberSequenceSource {
  private static final long serialVersionUID = 1;

  private final Heartbeats target;

  private HeartbeatSource(Heartbeats target) {
    super(0, 0);
    this.target = target;
  }

  /** Adds the writer to the graph; one that writes nothing too, so that state fits either way. */
  public static void addTo(StreamExecutionEnvironment env, Heartbeats target) {
    env.fromSource(new HeartbeatSource(target), WatermarkStrategy.noWatermarks(), "heartbeats")
        .uid("heartbeats")
        .setParallelism(1)
        .sinkTo(new DiscardingSink<>())
        .name("no rows")
        .uid("heartbeats-end")
        .setParallelism(1);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SourceReader<Long, NumberSequenceSplit> createReader(SourceReaderContext context) {
    return new Reader(target, context);
  }

  private static final class Reader implements SourceReader<Long, NumberSequenceSplit> {
    private final HeartbeatWriter writer;
    private final CompletableFuture<Void> never = new CompletableFuture<>();

    Reader(Heartbeats target, SourceReaderContext context) {
      writer = new HeartbeatWriter(target);
      context.metricGroup().gauge("heartbeats_written", writer::written);
      context.metricGroup().gauge("heartbeats_failed", writer::failed);
    }

    @Override
    public void start() {
      writer.start();
    }

    @Override
    public InputStatus pollNext(ReaderOutput<Long> output) {
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public List<NumberSequenceSplit> snapshotState(long checkpointId) {
      return List.of();
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return never;
    }

    @Override
    public void addSplits(List<NumberSequenceSplit> splits) {}

    @Override
    public void notifyNoMoreSplits() {}

    @Override
    public void close() {
      writer.close();
    }
  }
}
