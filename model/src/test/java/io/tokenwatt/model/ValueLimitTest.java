package io.tokenwatt.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ValueLimitTest {
  private static final long HOUR = 3_600_000;

  private final Map<String, Long> places = new HashMap<>();

  @Test
  void valuesBeyondTheLimitAreOther() {
    ValueLimit limit = new ValueLimit(places, 2, HOUR);
    assertThat(limit.admit("a", 0)).isEqualTo("a");
    assertThat(limit.admit("b", 1)).isEqualTo("b");
    assertThat(limit.admit("c", 2)).isEqualTo(ValueLimit.OTHER);
    assertThat(limit.admit("a", 3)).isEqualTo("a");
    assertThat(limit.size()).isEqualTo(2);
  }

  @Test
  void aValueThatWasNotSeenForTheHorizonGivesUpItsPlace() {
    ValueLimit limit = new ValueLimit(places, 2, HOUR);
    limit.admit("a", 0);
    limit.admit("b", 10);
    assertThat(limit.admit("c", HOUR))
        .as("a was seen an hour ago, not longer")
        .isEqualTo("(other)");
    assertThat(limit.admit("c", HOUR + 1)).isEqualTo("c");
    assertThat(limit.admit("a", HOUR + 2)).isEqualTo("(other)");
    assertThat(limit.admit("b", HOUR + 3)).isEqualTo("b");
  }

  @Test
  void namesOfOursTakeNoPlace() {
    ValueLimit limit = new ValueLimit(places, 1, HOUR);
    for (String ours : List.of("", Cell.UNALLOCATED, Cell.UNATTRIBUTED, ValueLimit.OTHER)) {
      assertThat(limit.admit(ours, 0)).isEqualTo(ours);
    }
    assertThat(limit.admit("a", 0)).isEqualTo("a");
  }

  /** A restart in the middle: only the map is kept. */
  @Test
  void theSameCallsGetTheSameAnswersAfterARestart() {
    long seed = Long.getLong("tokenwatt.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random dice = new Random(seed);
    List<String> values = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    long now = 0;
    for (int i = 0; i < 5_000; i++) {
      now += dice.nextInt(60_000);
      values.add("v" + (int) Math.abs(dice.nextGaussian() * 20));
      times.add(now - dice.nextInt(1000));
    }
    int cut = dice.nextInt(values.size());
    Map<String, Long> otherPlaces = new HashMap<>();
    ValueLimit one = new ValueLimit(places, 10, HOUR);
    ValueLimit two = new ValueLimit(otherPlaces, 10, HOUR);
    for (int i = 0; i < values.size(); i++) {
      if (i == cut) {
        two = new ValueLimit(new HashMap<>(otherPlaces), 10, HOUR);
      }
      assertThat(two.admit(values.get(i), times.get(i)))
          .as("call %d, seed %d", i, seed)
          .isEqualTo(one.admit(values.get(i), times.get(i)));
      assertThat(one.size()).isLessThanOrEqualTo(10);
    }
  }
}
