package io.tokenwatt.model.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.proto.Histogram;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HistogramBoundsTest {
  /** FNV-1a of each line, computed once by another program. A new set adds a key at the end. */
  private static final long[] KEYS = {
    0x4dc98928b23ddd7L,
    0x76ac948614460c33L,
    0x137be80c0eaa4e47L,
    0x115e0ce1561b1e6fL,
    0x7a21b9b46e76e869L,
    0x3a371fbc656a8945L,
    0x374b9d8b65362193L,
    0x7e3111db39ff8a9dL,
    0x6744af1f1c01f897L,
    0x774eef6893981a37L,
    0x140ac1db3039741L,
    0xdfe6b7fcc8eed1fL,
    0x4a76c430827ad727L,
    0x3d21c5425b1d773bL,
    0x59cc6dfa5ae6488fL
  };

  @Test
  void noSetWasChangedSinceRecordsNameIt() {
    for (int id = 1; id <= KEYS.length; id++) {
      assertThat(named(id).key())
          .as("set %d, see the head of bounds.csv", id)
          .isEqualTo(KEYS[id - 1]);
    }
    OptionalInt beyond =
        IntStream.range(KEYS.length + 1, KEYS.length + 50)
            .filter(id -> HistogramBounds.of(histogram(id)).isPresent())
            .findFirst();
    assertThat(beyond).as("a set without its key in this test").isEmpty();
  }

  @Test
  void knownSetIsWrittenAsItsIdAndReadAsItsBounds() {
    Histogram.Builder written = Histogram.newBuilder();
    HistogramBounds.of(List.of(1_000_000_000L, 2_500_000_000L, 5_000_000_000L)).writeTo(written);
    assertThat(written.getBoundsId()).as("only the whole set is the set").isZero();

    HistogramBounds vllm = named(6);
    vllm.writeTo(written);
    assertThat(written.getBoundsNsCount()).isZero();
    assertThat(written.getBoundsId()).isEqualTo(6);
    assertThat(HistogramBounds.of(written.build()).orElseThrow().nanos())
        .startsWith(1_000_000_000L, 2_500_000_000L)
        .endsWith(60_000_000_000L)
        .hasSize(10);
  }

  /** So that a job sees no other histogram when an agent begins to name what it wrote out. */
  @Test
  void writtenOutBoundsAreTheSameSetAsTheirId() {
    for (int id = 1; id <= KEYS.length; id++) {
      Histogram.Builder inline = Histogram.newBuilder();
      for (long bound : named(id).nanos()) {
        inline.addBoundsNs(bound);
      }
      assertThat(HistogramBounds.of(inline.build())).containsSame(named(id));
    }
  }

  @Test
  void unknownBoundsAreWrittenOutAndUnknownIdsAreNotGuessed() {
    Histogram.Builder written = Histogram.newBuilder();
    HistogramBounds.of(List.of(7L, 8L)).writeTo(written);
    assertThat(written.getBoundsNsList()).containsExactly(7L, 8L);
    assertThat(HistogramBounds.of(written.build()).orElseThrow().nanos()).containsExactly(7, 8);
    assertThat(HistogramBounds.of(histogram(9_999))).isEmpty();
    assertThat(HistogramBounds.of(histogram(0)).orElseThrow().nanos()).isEmpty();
  }

  private static HistogramBounds named(int id) {
    return HistogramBounds.of(histogram(id)).orElseThrow();
  }

  private static Histogram histogram(int id) {
    return Histogram.newBuilder().setBoundsId(id).build();
  }
}
