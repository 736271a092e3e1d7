package io.tokenwatt.jobs.regression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.regression.Verdict.Opened;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same windows in the same order, each once: the same verdicts, whatever happens between. */
class OrderTest {
  private static final int WINDOWS = 12_000;

  private static final TypeSerializer<SeriesState> SERIALIZER = serializer();

  private static TypeSerializer<SeriesState> serializer() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    return TypeInformation.of(SeriesState.class)
        .createSerializer(new SerializerConfigImpl(configuration));
  }

  @ParameterizedTest
  @ValueSource(longs = {51, 52})
  void restartInTheMiddleChangesNothing(long seed) throws IOException {
    List<Verdict> undisturbed = run(seed, false, false);
    assertThat(undisturbed).anyMatch(Opened.class::isInstance);
    assertThat(run(seed, true, false)).isEqualTo(undisturbed);
  }

  @ParameterizedTest
  @ValueSource(longs = {53, 54})
  void repeatedAndOlderWindowsChangeNothing(long seed) throws IOException {
    assertThat(run(seed, false, true)).isEqualTo(run(seed, false, false));
  }

  private List<Verdict> run(long seed, boolean restarts, boolean repeats) throws IOException {
    Story story = new Story(seed, 0.02, 0.4);
    SplittableRandom random = new SplittableRandom(seed);
    List<SeriesWindow> past = new ArrayList<>();
    int largest = 0;
    for (int i = 0; i < WINDOWS; i++) {
      story.slower(i > 10_000 && i < 11_000 ? 1.15 : 1);
      SeriesWindow window = story.series.next();
      story.verdicts.addAll(story.detector.judge(story.state, window));
      past.add(window);
      if (repeats && random.nextInt(10) == 0) {
        SeriesWindow again = past.get(Math.max(0, i - random.nextInt(50)));
        assertThat(story.detector.judge(story.state, again)).isEmpty();
      }
      if (restarts && random.nextInt(100) == 0) {
        byte[] stored = bytes(story.state);
        largest = Math.max(largest, stored.length);
        story.state = SERIALIZER.deserialize(new DataInputDeserializer(stored));
      }
    }
    if (restarts) {
      System.out.printf("state: at most %d bytes%n", largest);
      assertThat(largest).isLessThan(24_000);
    }
    long again = repeats ? 1 : 0;
    assertThat(Math.min(1, story.state.count(Outcome.OUT_OF_ORDER))).isEqualTo(again);
    return story.verdicts;
  }

  private static byte[] bytes(SeriesState state) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(32_768);
    SERIALIZER.serialize(state, out);
    return out.getCopyOfBuffer();
  }
}
