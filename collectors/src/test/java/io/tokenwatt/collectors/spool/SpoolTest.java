package io.tokenwatt.collectors.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.clock.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpoolTest {
  @TempDir Path folder;

  private SpoolScene scene;

  @BeforeEach
  void start() {
    scene = new SpoolScene(folder);
  }

  private static List<Long> numbers(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  private void append(Spool spool, long from, long to, int bytes) throws IOException {
    for (long n = from; n <= to; n++) {
      spool.append(scene.entry(n, bytes));
    }
  }

  @Test
  void recordsComeOutAsTheyWentInOverManyFiles() throws IOException {
    scene.holding(4 << 20);
    try (Spool spool = scene.open()) {
      append(spool, 1, 1000, 2000);
      assertThat(scene.segments()).hasSizeGreaterThan(5);
      for (long n = 1; n <= 1000; n++) {
        Entry taken = spool.next().orElseThrow().entry();
        Entry expected = scene.entry(n, 2000);
        assertThat(taken.value()).isEqualTo(expected.value());
        assertThat(taken.key()).isEqualTo(expected.key());
        assertThat(taken.at()).isEqualTo(expected.at());
      }
      assertThat(spool.next()).isEmpty();
    }
    assertThat(scene.lost).isEmpty();
    assertThat(scene.broken).isEmpty();
  }

  @Test
  void theNextProcessFindsExactlyWhatKafkaHasNot() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    scene.holding(4 << 20);
    long appended = 0;
    long acknowledged = 0;
    for (int life = 0; life < 30; life++) {
      // Never closed: as if killed. Its files are let go at the end of the test's JVM.
      Spool spool = scene.open();
      assertThat(spool.unread()).as("seed %d", seed).isEqualTo(appended - acknowledged);
      long fresh = random.nextInt(120);
      append(spool, appended + 1, appended + fresh, random.nextInt(3000));
      appended += fresh;
      long taken = acknowledged;
      long acks = random.nextLong(appended - acknowledged + 1);
      for (long n = 0; n < acks; n++) {
        Spool.Taken next = spool.next().orElseThrow();
        taken++;
        assertThat(SpoolScene.number(next.entry())).as("seed %d", seed).isEqualTo(taken);
        if (random.nextBoolean() || n == acks - 1) {
          spool.remove(next.end());
          acknowledged = taken;
        }
      }
    }
    try (Spool spool = scene.open()) {
      assertThat(SpoolScene.takeAll(spool))
          .as("seed %d", seed)
          .isEqualTo(numbers(acknowledged + 1, appended));
    }
    assertThat(scene.lost).as("seed %d", seed).isEmpty();
  }

  @Test
  void whatKafkaHasLeavesTheDisk() throws IOException {
    try (Spool spool = scene.open()) {
      append(spool, 1, 300, 1000);
      List<Spool.Taken> taken = new ArrayList<>();
      for (int n = 0; n < 300; n++) {
        taken.add(spool.next().orElseThrow());
      }
      spool.remove(taken.get(299).end());
      assertThat(scene.segments()).isEmpty();
      append(spool, 301, 301, 10);
      assertThat(SpoolScene.takeAll(spool)).containsExactly(301L);
    }
  }

  @Test
  void theFilesNeverTakeMoreThanTheyMayAndTheOldestGiveWay() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long most = 1 << 20;
    scene.holding(most);
    long last = 0;
    List<Long> got = new ArrayList<>();
    try (Spool spool = scene.open()) {
      for (int n = 1; n <= 3000; n++) {
        spool.append(scene.entry(n, random.nextInt(4000)));
        last = n;
        assertThat(scene.bytesOnDisk()).as("seed %d", seed).isLessThanOrEqualTo(most);
        assertThat(spool.bytes()).as("seed %d", seed).isEqualTo(scene.bytesOnDisk());
        if (random.nextInt(20) == 0) {
          spool.next().map(Spool.Taken::entry).map(SpoolScene::number).ifPresent(got::add);
        }
      }
      got.addAll(SpoolScene.takeAll(spool));
    }
    assertThat(got).as("seed %d", seed).isSorted().doesNotHaveDuplicates().contains(last);
    assertThat(scene.lost).containsOnlyKeys("spool_full");
    assertThat(got.size() + scene.lostInAll()).as("seed %d", seed).isEqualTo(3000);
  }

  @Test
  void oneLargerThanAllIsDroppedAlone() throws IOException {
    scene.holding(100_000);
    try (Spool spool = scene.open()) {
      append(spool, 1, 1, 100);
      append(spool, 2, 2, 100_000);
      append(spool, 3, 3, 100);
      assertThat(SpoolScene.takeAll(spool)).containsExactly(1L, 3L);
      assertThat(scene.lost).containsEntry("spool_full", 1L);
    }
  }

  @Test
  void recordsOlderThanTheLimitLeaveTheDiskThoughNobodyTakesThem() throws IOException {
    try (Spool spool = scene.open()) {
      for (int n = 1; n <= 40 * 60; n++) {
        spool.append(scene.entry(n, 10));
        scene.after(Duration.ofSeconds(1));
      }
      long oldest = SpoolScene.number(spool.next().orElseThrow().entry());
      // By files of a minute: nothing younger than the limit goes, and nothing a minute older
      // stays.
      assertThat(oldest).isBetween(24 * 60L, 25 * 60L + 1);
      assertThat(scene.lost.get("too_old")).isEqualTo(oldest - 1);
    }
  }

  @Test
  void theAgeOfRecordsOfAnEarlierBootIsToldByTheWallClock() throws IOException {
    Moment today = scene.now;
    // A machine that had run for thirty years, and was rebooted half a minute ago.
    scene.now = new Moment(1_000_000_000_000L, today.wallMs() - 30_000);
    try (Spool spool = scene.open()) {
      append(spool, 1, 1, 10);
    }
    try (SpoolFile file = SpoolFile.open(scene.segments().get(0))) {
      file.write(SegmentHeader.of(new UUID(1, 2)), 0);
    }
    scene.now = today;
    try (Spool spool = scene.open()) {
      append(spool, 2, 2, 10);
      Moment told = spool.next().orElseThrow().entry().at();
      assertThat(told.wallMs()).isEqualTo(today.wallMs() - 30_000);
      // What the real clocks went on by in this test is added.
      assertThat(today.since(told)).isBetween(-1_000_000L, 31_000L);
      Entry second = spool.next().orElseThrow().entry();
      assertThat(second.at()).as("not written behind those of another boot").isEqualTo(today);
    }
  }

  @Test
  void aFileOfSomethingElseIsNotReadAndTold() throws IOException {
    Files.writeString(folder.resolve("000000000000000007.segment"), "not one of ours".repeat(9));
    Files.writeString(folder.resolve("notes.txt"), "a person's");
    try (Spool spool = scene.open()) {
      assertThat(spool.next()).isEmpty();
    }
    assertThat(scene.broken).containsEntry("bad_header", 1L);
    assertThat(folder.resolve("notes.txt")).exists();
  }
}
