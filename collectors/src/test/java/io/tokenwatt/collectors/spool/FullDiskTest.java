package io.tokenwatt.collectors.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that is full costs no record while memory has room, and no order ever. */
class FullDiskTest {
  private static final long MEMORY = 1 << 20;

  @TempDir Path folder;

  private SpoolScene scene;

  @BeforeEach
  void start() {
    scene = new SpoolScene(folder);
  }

  private static List<Long> takeAll(Backlog backlog) {
    List<Long> numbers = new ArrayList<>();
    Optional<Backlog.Taken> taken = backlog.take();
    while (taken.isPresent()) {
      numbers.add(SpoolScene.number(taken.get().entry()));
      backlog.remove(taken.get());
      taken = backlog.take();
    }
    return numbers;
  }

  private void offer(Backlog backlog, long from, long to, int bytes) {
    for (long n = from; n <= to; n++) {
      backlog.offer(scene.entry(n, bytes));
      backlog.settle();
    }
  }

  @Test
  void recordsGoOnThroughMemoryBehindThoseOnDisk() {
    SmallDisk disk = new SmallDisk(20_000);
    try (Backlog backlog = scene.backlog(disk, MEMORY)) {
      offer(backlog, 1, 100, 1000);
      assertThat(backlog.isFailing()).isTrue();
      assertThat(backlog.onDisk()).isBetween(10L, 19L);
      assertThat(backlog.onDisk() + backlog.inMemory()).isEqualTo(100);
      assertThat(takeAll(backlog)).isEqualTo(LongStream.rangeClosed(1, 100).boxed().toList());
    }
    assertThat(scene.lost).isEmpty();
    assertThat(scene.broken).containsKey("write");
  }

  @Test
  void aFrameThatDidNotFitLeavesNothingBehind() throws IOException {
    long before;
    try (Backlog backlog = scene.backlog(new SmallDisk(20_000), MEMORY)) {
      offer(backlog, 1, 100, 1000);
      before = backlog.onDisk();
    }
    scene.broken.clear();
    try (Spool spool = scene.open()) {
      assertThat(spool.unread()).isEqualTo(before);
      assertThat(scene.broken).isEmpty();
    }
  }

  @Test
  void memoryIsBoundedAndItsOldestGiveWay() {
    SmallDisk disk = new SmallDisk(0);
    try (Backlog backlog = scene.backlog(disk, 10_000)) {
      offer(backlog, 1, 100, 1000);
      List<Long> left = takeAll(backlog);
      assertThat(left).hasSizeBetween(5, 9).isSorted().endsWith(100L);
      assertThat(scene.lost).containsOnlyKeys("memory_full");
      assertThat(scene.lostInAll() + left.size()).isEqualTo(100);
    }
  }

  @Test
  void aDiskWithRoomAgainIsUsedAgain() throws IOException {
    SmallDisk disk = new SmallDisk(20_000);
    try (Backlog backlog = scene.backlog(disk, MEMORY)) {
      offer(backlog, 1, 50, 1000);
      disk.capacity = 1 << 20;
      backlog.settle();
      assertThat(backlog.isFailing()).as("within the second it is not asked again").isTrue();
      scene.after(Duration.ofSeconds(1));
      backlog.settle();
      assertThat(backlog.isFailing()).isFalse();
      assertThat(backlog.inMemory()).isZero();
    }
    try (Spool spool = scene.open()) {
      assertThat(SpoolScene.takeAll(spool))
          .isEqualTo(LongStream.rangeClosed(1, 50).boxed().toList());
    }
    // What was written of a frame that did not fit is gone.
    assertThat(scene.broken).containsOnlyKeys("write");
  }

  /** Any disk, full and not full by turns, with a process that dies now and then. */
  @Test
  void eachRecordComesOutInOrderOrIsCounted() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    SmallDisk disk = new SmallDisk(60_000);
    Backlog backlog = scene.backlog(disk, 30_000);
    long offered = 0;
    List<Long> got = new ArrayList<>();
    for (int step = 0; step < 4000; step++) {
      switch (random.nextInt(8)) {
        case 0 -> disk.capacity = random.nextInt(120_000);
        case 1 -> scene.after(Duration.ofMillis(random.nextInt(1500)));
        case 2, 3 -> {
          Optional<Backlog.Taken> taken = backlog.take();
          taken.ifPresent(t -> got.add(SpoolScene.number(t.entry())));
          taken.ifPresent(backlog::remove);
        }
        default -> {
          offered++;
          backlog.offer(scene.entry(offered, random.nextInt(2000)));
          backlog.settle();
        }
      }
    }
    got.addAll(takeAll(backlog));
    long left = backlog.inMemory();
    backlog.close();

    assertThat(got).as("seed %d", seed).isSorted().doesNotHaveDuplicates();
    assertThat(got.size() + scene.lostInAll() + left).as("seed %d", seed).isEqualTo(offered);
    assertThat(scene.lost.keySet()).as("seed %d", seed).isSubsetOf("memory_full", "spool_full");
  }
}
