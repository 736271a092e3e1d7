package io.tokenwatt.collectors.spool;

import io.tokenwatt.collectors.clock.Moment;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * One file of records: written at its end, read from its start. What {@link #bytes} covers was
 * written whole. For one thread.
 */
final class Segment implements Closeable {
  private final long number;
  private final Path path;
  private final SpoolFile file;
  private long bytes = SegmentHeader.BYTES;
  private long readAt = SegmentHeader.BYTES;
  private long unread;
  private Moment first;
  private Moment last;
  private boolean sealed;
  // What a steady time of the file lacks to one of this boot.
  private long shiftMs;

  Segment(long number, Path path, SpoolFile file) {
    this.number = number;
    this.path = path;
    this.file = file;
  }

  /**
   * A new one, empty.
   *
   * @throws IOException if there is no room even for its header; then there is no file
   */
  static Segment create(SpoolFiles files, Path path, long number, UUID boot) throws IOException {
    SpoolFile file = files.open(path);
    try {
      file.write(SegmentHeader.of(boot), 0);
      return new Segment(number, path, file);
    } catch (IOException e) {
      file.close();
      Files.deleteIfExists(path);
      throw e;
    }
  }

  /**
   * @throws IOException if it is not written; the file is as before, or ends there for good
   */
  void append(Entry entry) throws IOException {
    ByteBuffer frame = Frame.of(entry);
    int length = frame.remaining();
    try {
      file.write(frame, bytes);
    } catch (IOException e) {
      cutTail();
      throw e;
    }
    bytes += length;
    unread++;
    first = first == null ? entry.at() : first;
    last = entry.at();
  }

  // A part of a frame may be there. Frames written over it later might be shorter, and what is left
  // of it would be taken for a torn one at the next start: so either it goes, or nothing follows.
  private void cutTail() {
    try {
      file.truncate(bytes);
    } catch (IOException e) {
      sealed = true;
    }
  }

  /** What of a file found at the start can be read, see {@link Recovery}. */
  void found(long validBytes, long readFrom, long records, Moment from, Moment to, long shift) {
    bytes = validBytes;
    readAt = readFrom;
    unread = records;
    shiftMs = shift;
    first = shifted(from);
    last = shifted(to);
    sealed = true;
  }

  /**
   * The next record. Where its frame is no longer whole nothing more is read from this file.
   *
   * @return {@code entry} null and {@code problem} "" at the end
   * @throws IOException if the file cannot be read
   */
  Frame.Read next() throws IOException {
    if (readAt >= bytes) {
      return new Frame.Read(null, bytes, "");
    }
    Frame.Read read = Frame.at(file, readAt, bytes);
    if (read.entry() == null) {
      return read;
    }
    readAt = read.end();
    unread--;
    Entry told = read.entry();
    return new Frame.Read(
        new Entry(shifted(told.at()), told.key(), told.value()), read.end(), read.problem());
  }

  private Moment shifted(Moment told) {
    return told == null ? null : new Moment(told.steadyMs() + shiftMs, told.wallMs());
  }

  /** Gives up what was not read yet. */
  long abandon() {
    long given = unread;
    unread = 0;
    readAt = bytes;
    sealed = true;
    return given;
  }

  /** Whether one more frame may be written here. */
  boolean hasRoom(long frameBytes, long mostBytes, Moment now, long mostMs) {
    boolean young = first == null || now.since(first) < mostMs;
    boolean fits = first == null || bytes + frameBytes <= mostBytes;
    return !sealed && young && fits;
  }

  boolean isOlderThan(long ageMs, Moment now) {
    return last != null && now.since(last) > ageMs;
  }

  /** When its oldest record was accepted; null where it has none. */
  Moment first() {
    return first;
  }

  long number() {
    return number;
  }

  long bytes() {
    return bytes;
  }

  long unread() {
    return unread;
  }

  /** Closes and deletes it. */
  void delete() throws IOException {
    file.close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
