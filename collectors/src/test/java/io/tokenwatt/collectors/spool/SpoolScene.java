package io.tokenwatt.collectors.spool;

import io.tokenwatt.collectors.clock.BootClock;
import io.tokenwatt.collectors.clock.Moment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A spool in a folder, a clock that a test moves, and what was told of losses. */
final class SpoolScene implements Losses {
  static final BootClock BOOT = BootClock.read();

  final Path dir;
  final Map<String, Long> lost = new TreeMap<>();
  final Map<String, Long> broken = new TreeMap<>();
  SpoolSpec spec;
  Moment now = BOOT.get();

  SpoolScene(Path dir) {
    this.dir = dir;
    this.spec = SpoolSpec.in(dir);
  }

  SpoolScene holding(long maxBytes) {
    spec = new SpoolSpec(dir, maxBytes, spec.maxAge(), spec.catchUp());
    return this;
  }

  Spool open() throws IOException {
    return open(SpoolFile::open);
  }

  Spool open(SpoolFiles files) throws IOException {
    return new Spool(spec, files, BOOT, () -> now, this);
  }

  Backlog backlog(SpoolFiles files, long memoryBytes) {
    return Backlog.on(spec, Optional.empty(), files, memoryBytes, BOOT, () -> now, this);
  }

  void after(Duration time) {
    now = new Moment(now.steadyMs() + time.toMillis(), now.wallMs() + time.toMillis());
  }

  /** The n-th record, of so many bytes beside its number. */
  Entry entry(long n, int bytes) {
    ByteBuffer value = ByteBuffer.allocate(8 + bytes).putLong(n);
    for (int i = 0; i < bytes; i++) {
      value.put((byte) (n * 31 + i));
    }
    return new Entry(now, ("node-" + n % 3).getBytes(), value.array());
  }

  static long number(Entry entry) {
    return ByteBuffer.wrap(entry.value()).getLong();
  }

  /** All that can be taken, by number. */
  static List<Long> takeAll(Spool spool) {
    List<Long> numbers = new ArrayList<>();
    for (Optional<Spool.Taken> t = spool.next(); t.isPresent(); t = spool.next()) {
      numbers.add(number(t.get().entry()));
    }
    return numbers;
  }

  List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.filter(file -> file.toString().endsWith(".segment")).sorted().toList();
    }
  }

  long bytesOnDisk() throws IOException {
    long bytes = 0;
    for (Path file : segments()) {
      bytes += Files.size(file);
    }
    return bytes;
  }

  long lostInAll() {
    return lost.values().stream().mapToLong(Long::longValue).sum();
  }

  @Override
  public void lost(String reason, long records) {
    lost.merge(reason, records, Long::sum);
  }

  @Override
  public void broken(String reason, String detail) {
    broken.merge(reason, 1L, Long::sum);
  }
}
