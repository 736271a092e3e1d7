package io.tokenwatt.collectors.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process may die, and a disk may rot, at any byte. */
class SpoolCrashTest {
  @TempDir Path folder;

  /** Where each record's frame ends in the one file that holds them all. */
  private static List<Long> write(SpoolScene scene, int records, Random random) throws IOException {
    List<Long> ends = new ArrayList<>();
    try (Spool spool = scene.open()) {
      for (int n = 1; n <= records; n++) {
        spool.append(scene.entry(n, random.nextInt(60)));
        ends.add(Files.size(scene.segments().get(0)));
      }
    }
    return ends;
  }

  private static List<Long> whole(List<Long> ends, long bytes) {
    long count = ends.stream().filter(end -> end <= bytes).count();
    return LongStream.rangeClosed(1, count).boxed().toList();
  }

  @Test
  void aFileThatEndsAtAnyByteGivesTheRecordsThatAreWholeAndSaysThatMoreWasThere()
      throws IOException {
    long seed = System.nanoTime();
    SpoolScene first = new SpoolScene(Files.createDirectory(folder.resolve("whole")));
    List<Long> ends = write(first, 12, new Random(seed));
    byte[] file = Files.readAllBytes(first.segments().get(0));
    Path dir = Files.createDirectory(folder.resolve("torn"));
    for (int length = 0; length <= file.length; length++) {
      SpoolScene scene = new SpoolScene(dir);
      Path path = Recovery.path(dir, 1);
      Files.write(path, java.util.Arrays.copyOf(file, length));
      boolean clean = length == SegmentHeader.BYTES || ends.contains((long) length);
      try (Spool spool = scene.open()) {
        assertThat(SpoolScene.takeAll(spool))
            .as("seed %d, %d bytes", seed, length)
            .isEqualTo(whole(ends, length));
        assertThat(scene.broken.isEmpty()).as("seed %d, %d bytes", seed, length).isEqualTo(clean);
        // What comes after it is not written behind the tear.
        spool.append(scene.entry(77, 5));
        assertThat(SpoolScene.takeAll(spool)).containsExactly(77L);
      }
      SpoolScene again = new SpoolScene(dir);
      try (Spool spool = again.open()) {
        assertThat(SpoolScene.takeAll(spool)).endsWith(77L);
        assertThat(again.broken).as("a tear is told once; %d bytes", length).isEmpty();
      }
      for (Path left : scene.segments()) {
        Files.delete(left);
      }
    }
  }

  @Test
  void aByteThatChangedAnywhereIsNeverReadAsData() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    SpoolScene first = new SpoolScene(Files.createDirectory(folder.resolve("whole")));
    List<Long> ends = write(first, 12, random);
    byte[] file = Files.readAllBytes(first.segments().get(0));
    Path dir = Files.createDirectory(folder.resolve("rotten"));
    for (int at = 0; at < file.length; at++) {
      byte[] rotten = file.clone();
      rotten[at] ^= (byte) (1 + random.nextInt(255));
      SpoolScene scene = new SpoolScene(dir);
      Files.write(Recovery.path(dir, 1), rotten);
      List<Long> expected = at < SegmentHeader.BYTES ? List.of() : whole(ends, at);
      try (Spool spool = scene.open()) {
        assertThat(SpoolScene.takeAll(spool)).as("seed %d, byte %d", seed, at).isEqualTo(expected);
      }
      assertThat(scene.broken).as("seed %d, byte %d", seed, at).isNotEmpty();
      for (Path left : scene.segments()) {
        Files.delete(left);
      }
    }
  }

  /** The same while the agent runs: after it was scanned, before it is read. */
  @Test
  void whatRotsUnderARunningAgentIsGivenUpAndCounted() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    SpoolScene scene = new SpoolScene(folder);
    try (Spool spool = scene.open()) {
      for (int n = 1; n <= 10; n++) {
        spool.append(scene.entry(n, 30));
      }
      Path path = scene.segments().get(0);
      byte[] bytes = Files.readAllBytes(path);
      int at = SegmentHeader.BYTES + random.nextInt(bytes.length - SegmentHeader.BYTES);
      bytes[at] ^= 0x10;
      Files.write(path, bytes);

      List<Long> got = SpoolScene.takeAll(spool);

      assertThat(got)
          .as("seed %d", seed)
          .isEqualTo(LongStream.rangeClosed(1, got.size()).boxed().toList());
      assertThat(got.size()).as("seed %d", seed).isLessThan(10);
      assertThat(scene.lost).as("seed %d", seed).containsEntry("spool_broken", 10L - got.size());
    }
  }

  @Test
  void aLostPlaceOfAcknowledgementRepeatsRecordsAndLosesNone() throws IOException {
    SpoolScene scene = new SpoolScene(folder);
    try (Spool spool = scene.open()) {
      for (int n = 1; n <= 10; n++) {
        spool.append(scene.entry(n, 30));
      }
      spool.next();
      spool.remove(spool.next().orElseThrow().end());
    }
    byte[] place = Files.readAllBytes(folder.resolve("acknowledged"));
    place[9] ^= 1;
    Files.write(folder.resolve("acknowledged"), place);
    try (Spool spool = scene.open()) {
      assertThat(SpoolScene.takeAll(spool))
          .isEqualTo(LongStream.rangeClosed(1, 10).boxed().toList());
    }
  }
}
