package io.tokenwatt.jobs.recordtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkGeneratorSupplier;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.clock.RelativeClock;
import org.junit.jupiter.api.Test;

/** What moves a partition's time, and who is waited for; the clock is the test's. */
class RecordTimeTest {
  private static final Duration LAST_RESORT = Duration.ofMinutes(30);

  private long nowMs = 1;
  private final WatermarkGeneratorSupplier.Context context =
      new WatermarkGeneratorSupplier.Context() {
        @Override
        public MetricGroup getMetricGroup() {
          return new UnregisteredMetricsGroup();
        }

        @Override
        public RelativeClock getInputActivityClock() {
          return new RelativeClock() {
            @Override
            public long relativeTimeMillis() {
              return nowMs;
            }

            @Override
            public long relativeTimeNanos() {
              return TimeUnit.MILLISECONDS.toNanos(nowMs);
            }
          };
        }
      };

  /** What a generator said, one word each. */
  private static final class Said implements WatermarkOutput {
    final List<String> words = new ArrayList<>();

    @Override
    public void emitWatermark(Watermark watermark) {
      words.add(watermark.getTimestamp() < 0 ? "before all" : "" + watermark.getTimestamp());
    }

    @Override
    public void markIdle() {
      words.add("idle");
    }

    @Override
    public void markActive() {
      words.add("active");
    }
  }

  private static List<String> said(WatermarkGenerator<String> generator) {
    Said said = new Said();
    generator.onPeriodicEmit(said);
    return said.words;
  }

  @Test
  void aPartitionWhoseRecordsAreStillToBeReadIsWaitedFor() {
    RecordTime<String> time = new RecordTime<>(Duration.ZERO, LAST_RESORT);
    WatermarkGenerator<String> reader = time.createWatermarkGenerator(context);
    WatermarkGenerator<String> read = time.createWatermarkGenerator(context);
    WatermarkGenerator<String> unread = time.createWatermarkGenerator(context);
    assertThat(said(unread)).isEqualTo(List.of("before all"));
    for (int minute = 1; minute < 30; minute++) {
      nowMs = minute * 60_000L;
      read.onEvent("record", 1_000L * minute, new Said());
      assertThat(said(read)).isEqualTo(List.of("" + (1_000L * minute - 1)));
      assertThat(said(unread)).as("silent for %d min", minute).isEqualTo(List.of("before all"));
      assertThat(said(reader)).as("the reader has partitions").isEmpty();
    }
  }

  @Test
  void aPartitionWithoutHeartbeatsIsGivenUpAsTheLastResortAndTakenBack() {
    RecordTime<String> time = new RecordTime<>(Duration.ZERO, LAST_RESORT);
    time.createWatermarkGenerator(context);
    WatermarkGenerator<String> old = time.createWatermarkGenerator(context);
    for (int look = 0; look < 2; look++) { // at the second one its silence begins
      assertThat(said(old)).isEqualTo(List.of("before all"));
    }
    nowMs = LAST_RESORT.toMillis() + 2;
    assertThat(said(old)).isEqualTo(List.of("idle"));
    old.onEvent("record", 5_000, new Said());
    assertThat(said(old)).isEqualTo(List.of("4999"));
  }

  @Test
  void whereNothingIsTheLastResortEveryPartitionIsWaitedForWithoutEnd() {
    RecordTime<String> time = new RecordTime<>(Duration.ofSeconds(2), Duration.ZERO);
    time.createWatermarkGenerator(context);
    WatermarkGenerator<String> silent = time.createWatermarkGenerator(context);
    silent.onEvent("record", 5_000, new Said());
    nowMs = Duration.ofDays(30).toMillis();
    assertThat(said(silent)).isEqualTo(List.of("2999"));
  }

  @Test
  void aReaderWithoutPartitionsHoldsNothingBackOnceItIsSureToBeGivenNone() {
    WatermarkGenerator<String> reader =
        new RecordTime<String>(Duration.ZERO, LAST_RESORT).createWatermarkGenerator(context);
    nowMs += RecordTime.ASSIGNED_AFTER.toMillis() - 1;
    assertThat(said(reader)).isEmpty();
    nowMs++;
    assertThat(said(reader)).isEqualTo(List.of("idle"));
  }
}
