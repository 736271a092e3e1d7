package io.tokenwatt.jobs.regressions;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.fact.ChangeEvent;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeBookTest {
  private final ChangeBook book = new ChangeBook();

  @Test
  void eventsOfOneTimeHaveOneOrderAndEachIsGivenOnce() {
    book.add(change("b", 10));
    book.add(change("c", 20));
    book.add(change("a", 10));

    assertThat(ids(0, 10)).containsExactly("a", "b");
    assertThat(ids(10, 20)).containsExactly("c");
    assertThat(ids(20, 20)).isEmpty();
    assertThat(ids(Long.MIN_VALUE, 15)).containsExactly("a", "b");
  }

  @Test
  void oldOnesGoFirstAndNoMoreAreKeptThanMayBe() {
    for (int i = 0; i < 10; i++) {
      book.add(change("e" + i, i));
    }
    assertThat(book.prune(3, 100)).hasSize(3);
    assertThat(book.size()).isEqualTo(7);
    assertThat(book.prune(3, 5)).extracting(c -> c.event().eventId()).containsExactly("e3", "e4");
    assertThat(ids(0, 100)).containsExactly("e5", "e6", "e7", "e8", "e9");
  }

  @Test
  void anEmptyPlaceIsEveryPlace() {
    String key = RegressionInput.key("eu", "chat");
    assertThat(change("a", 0).concerns(key)).isTrue();
    assertThat(in("eu", "").concerns(key)).isTrue();
    assertThat(in("eu", "chat").concerns(key)).isTrue();
    assertThat(in("us", "").concerns(key)).isFalse();
    assertThat(in("eu", "cha").concerns(key)).isFalse();
  }

  private List<String> ids(long from, long to) {
    return java.util.stream.StreamSupport.stream(book.between(from, to).spliterator(), false)
        .map(change -> change.event().eventId())
        .toList();
  }

  private static KnownChange in(String region, String workload) {
    return change("x", 0, new ChangeEvent.Scope(region, "", "", "", "", workload, ""));
  }

  private static KnownChange change(String id, long sinceMs) {
    return change(id, sinceMs, ChangeEvent.Scope.ALL);
  }

  private static KnownChange change(String id, long sinceMs, ChangeEvent.Scope scope) {
    return new KnownChange(
        sinceMs,
        new ChangeEvent(
            id,
            0,
            ChangeEvent.Kind.DRIVER,
            ChangeEvent.Origin.TOLD,
            scope,
            ChangeEvent.Setup.UNKNOWN,
            "",
            "",
            "",
            "",
            "",
            Map.of(),
            sinceMs));
  }
}
