package io.tokenwatt.jobs.recordtime;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.BoundedOutOfOrdernessWatermarks;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarksWithIdleness;
import org.apache.flink.util.clock.RelativeClock;

/**
 * Watermarks from the times that Kafka gave its records, the least over all partitions: one whose
 * records are still to be read holds the others back, and its silence means nothing. Heartbeats see
 * to it that no partition is silent in the log. Only for sources that read splits. Not thread-safe.
 */
public final class RecordTime<T> implements WatermarkGeneratorSupplier<T> {
  private static final long serialVersionUID = 1;

  /** So long a reader may wait to be given partitions, before it is taken to be one too many. */
  static final Duration ASSIGNED_AFTER = Duration.ofMinutes(1);

  private final Duration disorder;
  private final Duration idleAfter;
  private transient Reader<T> reader;

  /**
   * @param disorder by how much a partition's record times may go back
   * @param idleAfter the last resort for partitions without heartbeats: one that was silent for so
   *     long by the machine's clock holds nothing back, and results may depend on that; zero =
   *     never
   */
  public RecordTime(Duration disorder, Duration idleAfter) {
    this.disorder = disorder;
    this.idleAfter = idleAfter;
  }

  /** For each subtask, Flink asks first on behalf of the reader, then for each of its splits. */
  @Override
  public WatermarkGenerator<T> createWatermarkGenerator(Context context) {
    if (reader == null) {
      reader = new Reader<>(assignedAfter(), context.getInputActivityClock());
      return reader;
    }
    reader.splits++;
    WatermarkGenerator<T> split = new BoundedOutOfOrdernessWatermarks<>(disorder);
    return idleAfter.isZero()
        ? split
        : new WatermarksWithIdleness<>(split, idleAfter, context.getInputActivityClock());
  }

  private Duration assignedAfter() {
    boolean shorter = !idleAfter.isZero() && idleAfter.compareTo(ASSIGNED_AFTER) < 0;
    return shorter ? idleAfter : ASSIGNED_AFTER;
  }

  /**
   * A reader without a partition, of which there are some where subtasks are more than partitions,
   * has no time: it holds nothing back, once it is sure to be given none.
   */
  private static final class Reader<T> implements WatermarkGenerator<T> {
    private final long assignedAfterNanos;
    private final RelativeClock clock;
    private final long begun;
    private int splits;

    Reader(Duration assignedAfter, RelativeClock clock) {
      this.assignedAfterNanos = assignedAfter.toNanos();
      this.clock = clock;
      this.begun = clock.relativeTimeNanos();
    }

    @Override
    public void onEvent(T event, long timestampMs, WatermarkOutput output) {
      throw new IllegalStateException("a record of no split has no partition's time");
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
      if (splits == 0 && clock.relativeTimeNanos() - begun >= assignedAfterNanos) {
        output.markIdle();
      }
    }
  }
}
