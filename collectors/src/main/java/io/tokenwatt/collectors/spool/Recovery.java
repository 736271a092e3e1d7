package io.tokenwatt.collectors.spool;

import io.tokenwatt.collectors.clock.BootClock;
import io.tokenwatt.collectors.clock.Moment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What an agent before left: each file is read once from its start, and what is behind its last
 * whole frame is cut off and told. Never fails for the sake of one file.
 */
final class Recovery {
  private static final Pattern NAME = Pattern.compile("(\\d{1,18})\\.segment");

  private final Path dir;
  private final SpoolFiles files;
  private final BootClock clock;
  private final Losses losses;

  Recovery(Path dir, SpoolFiles files, BootClock clock, Losses losses) {
    this.dir = dir;
    this.files = files;
    this.clock = clock;
    this.losses = losses;
  }

  static Path path(Path dir, long number) {
    return dir.resolve(String.format(Locale.ROOT, "%018d.segment", number));
  }

  /**
   * Files with records that Kafka may not have, oldest first. Others are deleted.
   *
   * @throws IOException if the folder cannot be listed
   */
  Deque<Segment> segments(Place acknowledged) throws IOException {
    Deque<Segment> found = new ArrayDeque<>();
    for (long number : numbers()) {
      Path path = path(dir, number);
      try {
        segment(path, number, acknowledged).ifPresent(found::add);
      } catch (IOException e) {
        losses.broken("unreadable", path + ": " + e.getMessage() + "; kept as .unreadable");
        Files.move(path, path.resolveSibling(path.getFileName() + ".unreadable"));
      }
    }
    return found;
  }

  private List<Long> numbers() throws IOException {
    try (Stream<Path> all = Files.list(dir)) {
      return all.map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .map(name -> Long.parseLong(name.group(1)))
          .sorted()
          .toList();
    }
  }

  private Optional<Segment> segment(Path path, long number, Place acknowledged) throws IOException {
    SpoolFile file = files.open(path);
    Optional<UUID> boot = SegmentHeader.read(file);
    if (boot.isEmpty()) {
      losses.broken("bad_header", path + " begins with no header of ours; deleted");
    }
    Segment segment = new Segment(number, path, file);
    if (number >= acknowledged.segment() && boot.isPresent()) {
      scan(segment, path, file, boot.get(), number == acknowledged.segment() ? acknowledged : null);
    }
    if (segment.unread() == 0) {
      segment.delete();
      return Optional.empty();
    }
    return Optional.of(segment);
  }

  private void scan(Segment segment, Path path, SpoolFile file, UUID boot, Place acknowledged)
      throws IOException {
    long size = file.size();
    long at = SegmentHeader.BYTES;
    long readFrom = at;
    long records = 0;
    Moment first = null;
    Moment last = null;
    while (at < size) {
      Frame.Read read = Frame.at(file, at, size);
      if (read.entry() == null) {
        losses.broken(
            read.problem(), path + ": " + (size - at) + " bytes from " + at + " on are cut off");
        file.truncate(at);
        break;
      }
      at = read.end();
      records++;
      last = read.entry().at();
      first = first == null ? last : first;
      // Believed only where it is a place between two frames.
      if (acknowledged != null && acknowledged.offset() == at) {
        readFrom = at;
        records = 0;
        first = null;
      }
    }
    segment.found(at, readFrom, records, first == null ? last : first, last, shift(boot, last));
  }

  // Steady times of another boot say nothing here; the wall clock then tells the age.
  private long shift(UUID boot, Moment last) {
    if (boot.equals(clock.boot()) || last == null) {
      return 0;
    }
    Moment now = clock.get();
    long ageMs = Math.max(0, now.wallMs() - last.wallMs());
    return now.steadyMs() - ageMs - last.steadyMs();
  }
}
