package io.tokenwatt.collectors.spool;

import io.tokenwatt.collectors.clock.BootClock;
import io.tokenwatt.collectors.clock.Moment;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Records on disk, first in first out, bounded in bytes and age: the oldest are dropped first,
 * whole files of them, each record counted. For one thread; the gauges may be read by others.
 */
final class Spool implements Closeable {
  /** A file covers at most so much time, so that what is too old can be dropped by files. */
  private static final long SEGMENT_MS = 60_000;

  /** With less than this in it a file is used on, though Kafka has all of it. */
  private static final long WORTH_DELETING = 64 << 10;

  private final SpoolSpec spec;
  private final SpoolFiles files;
  private final BootClock boot;
  private final Supplier<Moment> clock;
  private final Losses losses;
  private final Acknowledged acknowledged;
  private final Deque<Segment> segments;
  private long lastNumber;
  private volatile long bytes;
  private volatile long unread;

  /** A record and the place behind it. */
  record Taken(Entry entry, Place end) {}

  /**
   * Takes up what an agent before left in the folder, which must be there and belong to this
   * process alone.
   *
   * @param clock its steady times are of {@code boot}
   * @throws IOException if the folder cannot be read
   */
  Spool(SpoolSpec spec, SpoolFiles files, BootClock boot, Supplier<Moment> clock, Losses losses)
      throws IOException {
    this.spec = spec;
    this.files = files;
    this.boot = boot;
    this.clock = clock;
    this.losses = losses;
    this.acknowledged = new Acknowledged(files.open(spec.dir().resolve("acknowledged")));
    Place place = acknowledged.place();
    this.segments = new Recovery(spec.dir(), files, boot, losses).segments(place);
    this.lastNumber =
        Math.max(place.segment(), segments.isEmpty() ? 0 : segments.peekLast().number());
    measure();
  }

  /**
   * Adds a record behind all others. One that is larger than the whole spool is dropped.
   *
   * @throws IOException if it cannot be written; then it is not in the spool
   */
  void append(Entry entry) throws IOException {
    long frame = Frame.bytes(entry);
    expire();
    if (frame + SegmentHeader.BYTES > spec.maxBytes()) {
      losses.lost("spool_full", 1);
      return;
    }
    while (!segments.isEmpty() && bytes + frame + SegmentHeader.BYTES > spec.maxBytes()) {
      dropOldest("spool_full");
    }
    try {
      open(frame).append(entry);
    } finally {
      measure();
    }
  }

  private Segment open(long frame) throws IOException {
    Segment last = segments.peekLast();
    if (last != null && last.hasRoom(frame, spec.segmentBytes(), clock.get(), SEGMENT_MS)) {
      return last;
    }
    Path path = Recovery.path(spec.dir(), lastNumber + 1);
    Segment fresh = Segment.create(files, path, lastNumber + 1, boot.boot());
    lastNumber++;
    segments.add(fresh);
    return fresh;
  }

  /** Drops files in which every record is older than the age limit. */
  void expire() throws IOException {
    Moment now = clock.get();
    while (!segments.isEmpty() && segments.peek().isOlderThan(spec.maxAge().toMillis(), now)) {
      dropOldest("too_old");
    }
  }

  private void dropOldest(String reason) throws IOException {
    Segment oldest = segments.remove();
    long records = oldest.abandon();
    if (records > 0) {
      losses.lost(reason, records);
    }
    oldest.delete();
    measure();
  }

  /** The oldest record that was not taken yet, in the order in which they were added. */
  Optional<Taken> next() {
    for (Segment segment : segments) {
      if (segment.unread() > 0) {
        Optional<Taken> next = next(segment);
        measure();
        if (next.isPresent()) {
          return next;
        }
      }
    }
    return Optional.empty();
  }

  private Optional<Taken> next(Segment segment) {
    String problem;
    try {
      Frame.Read read = segment.next();
      if (read.entry() != null) {
        return Optional.of(new Taken(read.entry(), new Place(segment.number(), read.end())));
      }
      problem = read.problem();
    } catch (IOException e) {
      problem = "unreadable";
    }
    losses.broken(problem, Recovery.path(spec.dir(), segment.number()) + " is given up");
    losses.lost("spool_broken", segment.abandon());
    return Optional.empty();
  }

  /**
   * Kafka has everything up to here.
   *
   * @throws IOException if that cannot be written down; the records may be sent again by the next
   *     process then
   */
  void remove(Place upTo) throws IOException {
    while (!segments.isEmpty() && isDone(segments.peek(), upTo)) {
      segments.remove().delete();
    }
    measure();
    acknowledged.write(upTo);
  }

  private boolean isDone(Segment segment, Place upTo) {
    boolean all = segment.number() == upTo.segment() && upTo.offset() == segment.bytes();
    boolean last = segment == segments.peekLast();
    return segment.number() < upTo.segment() || all && (!last || upTo.offset() >= WORTH_DELETING);
  }

  /** Whether the record before this place is still in a file. */
  boolean holds(Place end) {
    return !segments.isEmpty() && segments.peek().number() <= end.segment();
  }

  private void measure() {
    long allBytes = 0;
    long allUnread = 0;
    for (Segment segment : segments) {
      allBytes += segment.bytes();
      allUnread += segment.unread();
    }
    bytes = allBytes;
    unread = allUnread;
  }

  /** In all files of records. */
  long bytes() {
    return bytes;
  }

  /** Records that were not taken yet. */
  long unread() {
    return unread;
  }

  @Override
  public void close() throws IOException {
    for (Segment segment : segments) {
      segment.close();
    }
    acknowledged.close();
  }
}
