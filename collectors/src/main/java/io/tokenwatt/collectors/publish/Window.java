package io.tokenwatt.collectors.publish;

import io.tokenwatt.collectors.clock.Moment;
import io.tokenwatt.collectors.spool.Backlog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Records under way, in order: few, so that they cost little memory and few are sent twice, and no
 * more while the oldest is not acknowledged, so that an outage finds all others on disk. For one
 * thread.
 */
final class Window {
  private static final int MOST_RECORDS = 512;
  private static final long MOST_BYTES = 2 << 20;

  /** A broker that is well answers in tens of milliseconds. */
  private static final long STALL_MS = 1000;

  private final Deque<InFlight> records = new ArrayDeque<>();
  private long bytes;

  void add(InFlight record) {
    records.add(record);
    bytes += record.bytes();
  }

  /**
   * Forgets the records at the front that are done.
   *
   * @return the last of them; empty where there is none
   */
  Optional<Backlog.Taken> settle() {
    Backlog.Taken last = null;
    while (!records.isEmpty() && records.peek().isDone()) {
      InFlight done = records.remove();
      bytes -= done.bytes();
      last = done.taken().isOnDisk() || last == null ? done.taken() : last;
    }
    return Optional.ofNullable(last);
  }

  /** Whether no more should be sent for now. */
  boolean isFull(Moment now) {
    return records.size() >= MOST_RECORDS || bytes >= MOST_BYTES || waitedMs(now) >= STALL_MS;
  }

  /** Since the oldest was handed over; 0 where none is under way. */
  long waitedMs(Moment now) {
    return records.isEmpty() ? 0 : now.since(records.peek().sent());
  }

  Optional<Exception> failure() {
    return records.stream()
        .filter(record -> !record.isDone() && record.error() != null)
        .map(InFlight::error)
        .findFirst();
  }

  /** Takes out all that are not done, to be sent again in this order. */
  List<Backlog.Taken> takeBack() {
    List<Backlog.Taken> open =
        records.stream().filter(r -> !r.isDone()).map(InFlight::taken).toList();
    records.clear();
    bytes = 0;
    return open;
  }

  boolean isEmpty() {
    return records.isEmpty();
  }
}
