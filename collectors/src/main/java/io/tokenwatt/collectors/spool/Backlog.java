package io.tokenwatt.collectors.spool;

import io.tokenwatt.collectors.clock.BootClock;
import io.tokenwatt.collectors.clock.Moment;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Records between the agent and Kafka, first in first out: taken into bounded memory without ever
 * blocking, from there to disk, and given out from disk. Where nothing can be written to disk,
 * records stay in memory behind those on disk, and are given out from there once the disk's are.
 *
 * <p>{@link #offer} may be called by any thread; everything else by one, the sender. Gauges may be
 * read by any.
 */
public final class Backlog implements Closeable {
  /** With a disk, memory only bridges its hiccups; without, an outage of minutes of a node. */
  private static final long MEMORY_BYTES = 16L << 20;

  private static final long RETRY_MS = 1000;

  private final Front front;
  private final Optional<Spool> spool;
  private final Optional<SpoolFolder> folder;
  private final Supplier<Moment> clock;
  private final Losses losses;
  private final long maxAgeMs;
  private volatile boolean failing;
  private Moment retryFrom;

  private Backlog(
      Duration maxAge,
      long memoryBytes,
      Optional<Spool> spool,
      Optional<SpoolFolder> folder,
      Supplier<Moment> clock,
      Losses losses) {
    this.maxAgeMs = maxAge.toMillis();
    this.front = new Front(memoryBytes, this::dropped);
    this.spool = spool;
    this.folder = folder;
    this.clock = clock;
    this.losses = losses;
  }

  /**
   * A record on its way to Kafka.
   *
   * @param end null where it is in memory alone
   */
  public record Taken(Entry entry, Place end) {
    public boolean isOnDisk() {
      return end != null;
    }
  }

  /** In memory alone. */
  public static Backlog inMemory(Supplier<Moment> clock, Losses losses) {
    return new Backlog(
        SpoolSpec.DEFAULT_MAX_AGE, MEMORY_BYTES, Optional.empty(), Optional.empty(), clock, losses);
  }

  /** On disk, beginning with what an agent before left there. Closes the folder with itself. */
  public static Backlog on(SpoolSpec spec, SpoolFolder folder, BootClock clock, Losses losses) {
    return on(spec, Optional.of(folder), SpoolFile::open, MEMORY_BYTES, clock, clock, losses);
  }

  static Backlog on(
      SpoolSpec spec,
      Optional<SpoolFolder> folder,
      SpoolFiles files,
      long memoryBytes,
      BootClock boot,
      Supplier<Moment> clock,
      Losses losses) {
    try {
      Spool spool = new Spool(spec, files, boot, clock, losses);
      return new Backlog(spec.maxAge(), memoryBytes, Optional.of(spool), folder, clock, losses);
    } catch (IOException e) {
      throw new UncheckedIOException("spool.dir " + spec.dir() + " cannot be read: " + e, e);
    }
  }

  /** Takes the record, or drops an older one for it; either way each is counted. */
  public void offer(Entry entry) {
    front.add(entry);
  }

  private void dropped(Entry entry) {
    losses.lost(isTooOld(entry) ? "too_old" : "memory_full", 1);
  }

  /** Older than the jobs take. */
  public boolean isTooOld(Entry entry) {
    return clock.get().since(entry.at()) > maxAgeMs;
  }

  /** Brings to disk what is in memory; a disk that failed is asked again after a second. */
  public void settle() {
    if (spool.isEmpty() || failing && clock.get().since(retryFrom) < RETRY_MS) {
      return;
    }
    Entry entry = front.poll();
    while (entry != null) {
      try {
        spool.get().append(entry);
        failing = false;
      } catch (IOException e) {
        front.putBack(entry);
        failing = true;
        retryFrom = clock.get();
        losses.broken("write", "cannot write to the spool: " + e.getMessage());
        return;
      }
      entry = front.poll();
    }
  }

  /** The oldest record that was not taken yet. */
  public Optional<Taken> take() {
    Optional<Spool.Taken> onDisk = spool.flatMap(Spool::next);
    if (onDisk.isPresent()) {
      return onDisk.map(taken -> new Taken(taken.entry(), taken.end()));
    }
    // While the disk takes records, none leaves that is not on it.
    boolean direct = spool.isEmpty() || failing;
    return Optional.ofNullable(direct ? front.poll() : null).map(entry -> new Taken(entry, null));
  }

  /** Kafka has this record and all that were taken before it, or they are given up. */
  public void remove(Taken taken) {
    if (!taken.isOnDisk() || spool.isEmpty()) {
      return;
    }
    try {
      spool.get().remove(taken.end());
    } catch (IOException e) {
      losses.broken("write", "cannot note in the spool what Kafka has: " + e.getMessage());
    }
  }

  /** Whether the next process will find this record. */
  public boolean isKept(Taken taken) {
    return taken.isOnDisk() && spool.map(s -> s.holds(taken.end())).orElse(false);
  }

  /** Whether records cannot be written to disk at present. */
  public boolean isFailing() {
    return failing;
  }

  /** Records in memory, not on disk and not taken. */
  public int inMemory() {
    return front.size();
  }

  /** Records on disk that were not taken yet. */
  public long onDisk() {
    return spool.map(Spool::unread).orElse(0L);
  }

  /** In files of records. */
  public long diskBytes() {
    return spool.map(Spool::bytes).orElse(0L);
  }

  /** Closes the files; what is in memory alone must have been counted by now. */
  @Override
  public void close() {
    try {
      if (spool.isPresent()) {
        spool.get().close();
      }
      if (folder.isPresent()) {
        folder.get().close();
      }
    } catch (IOException e) {
      losses.broken("write", "cannot close the spool: " + e.getMessage());
    }
  }
}
