package io.tokenwatt.collectors.spool;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** Records in memory, bounded in bytes: the oldest are dropped first. Thread-safe, never blocks. */
final class Front {
  /** A record's object, its arrays' heads and its place in the queue. */
  private static final int OVERHEAD = 120;

  private final Deque<Entry> entries = new ArrayDeque<>();
  private final long maxBytes;
  private final Consumer<Entry> dropped;
  private long bytes;

  Front(long maxBytes, Consumer<Entry> dropped) {
    this.maxBytes = maxBytes;
    this.dropped = dropped;
  }

  synchronized void add(Entry entry) {
    if (size(entry) > maxBytes) {
      dropped.accept(entry);
      return;
    }
    while (bytes + size(entry) > maxBytes) {
      dropped.accept(poll());
    }
    entries.add(entry);
    bytes += size(entry);
  }

  /** The oldest; null where there is none. */
  synchronized Entry poll() {
    Entry oldest = entries.poll();
    bytes -= oldest == null ? 0 : size(oldest);
    return oldest;
  }

  /** Back to where it was taken from, over the bound if need be. */
  synchronized void putBack(Entry oldest) {
    entries.addFirst(oldest);
    bytes += size(oldest);
  }

  synchronized int size() {
    return entries.size();
  }

  private static int size(Entry entry) {
    return entry.bytes() + OVERHEAD;
  }
}
