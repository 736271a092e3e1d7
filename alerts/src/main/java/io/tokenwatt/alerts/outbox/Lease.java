package io.tokenwatt.alerts.outbox;

import com.clickhouse.client.api.query.GenericRecord;
import io.tokenwatt.storage.Store;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Which process may send. ClickHouse has no compare-and-set, so a process that finds the lease
 * expired inserts the next generation, waits {@link #SETTLE} for rivals' inserts to be seen, and
 * reads who has it: of one generation whoever asked first by the server's clock, of equals the
 * lower name. All processes read the same rows and so name the same holder; whoever is not named
 * stops. Only ClickHouse's clock says when a lease ends, so hosts' clocks do not matter.
 *
 * <p>Against a holder that was asleep: it sends only while {@link #remaining} by its own monotonic
 * clock, taken before it asked, is longer than a call may take, and asks {@link #confirm} right
 * before. What remains is an insert that took longer than the settle time to be seen; then two may
 * send for as long as one call takes, with the same dedup keys, so receivers still show one
 * incident. With replicas all processes have to use the same one. Not thread-safe except where
 * said.
 */
public final class Lease {
  static final Duration SETTLE = Duration.ofMillis(300);

  private static final String NAME = "alerts";

  private final Store store;
  private final String table;
  private final String holder;
  private final Duration ttl;
  private volatile long generation;
  private volatile long validUntilNanos = System.nanoTime();

  private record Held(long generation, String holder, boolean valid) {}

  /**
   * @param holder unique to this process; letters, digits and ._:-
   * @param ttl how long the lease outlives its holder
   */
  public Lease(Store store, String holder, Duration ttl) {
    if (!holder.matches("[A-Za-z0-9._:-]{1,200}")) {
      throw new IllegalArgumentException("not a name for a lease's holder: " + holder);
    }
    this.store = store;
    this.table = store.config().database() + ".alert_lease";
    this.holder = holder;
    this.ttl = ttl;
  }

  /** As {@link #acquire(CountDownLatch)}, by a process that does not end meanwhile. */
  public boolean acquire() throws InterruptedException {
    return acquire(new CountDownLatch(1));
  }

  /**
   * Takes the lease if nobody has it. Takes {@link #SETTLE} then.
   *
   * @param closing released when this process ends: it gives up at once what it asked for
   * @return whether this process holds it now
   * @throws io.tokenwatt.storage.StoreException if ClickHouse does not answer
   */
  public boolean acquire(CountDownLatch closing) throws InterruptedException {
    Held last = last();
    if (last.valid) {
      return last.holder.equals(holder) && remaining().compareTo(Duration.ZERO) > 0;
    }
    long asked = System.nanoTime();
    long next = last.generation + 1;
    insert(
        "SELECT '%s', %d, '%s', now64(3), now64(3) + toIntervalMillisecond(%d), 1 WHERE %d = (SELECT max(generation) FROM %s WHERE name = '%s')"
            .formatted(NAME, next, holder, ttl.toMillis(), last.generation, table, NAME));
    if (closing.await(SETTLE.toMillis(), TimeUnit.MILLISECONDS)) {
      generation = next;
      release();
      return false;
    }
    Held now = last();
    boolean mine = now.valid && now.generation == next && now.holder.equals(holder);
    if (mine) {
      generation = next;
      validUntilNanos = asked + ttl.toNanos();
    }
    return mine;
  }

  /**
   * Makes it last for the time to live from now.
   *
   * @return whether this process still holds it
   */
  public boolean renew() {
    long asked = System.nanoTime();
    insert(
        "SELECT name, generation, holder, asked, now64(3) + toIntervalMillisecond(%d), beat + 1 FROM %s FINAL WHERE name = '%s' AND generation = %d AND holder = '%s' AND until > now64(3)"
            .formatted(ttl.toMillis(), table, NAME, generation, holder));
    boolean mine = confirm();
    if (mine) {
      validUntilNanos = asked + ttl.toNanos();
    }
    return mine;
  }

  /** Whether ClickHouse names this process now. Thread-safe. */
  public boolean confirm() {
    Held now = last();
    return now.valid && now.generation == generation && now.holder.equals(holder);
  }

  /** For how long nobody else can have it, by this process's own clock. Thread-safe. */
  public Duration remaining() {
    return Duration.ofNanos(validUntilNanos - System.nanoTime());
  }

  /** One more with every holder. Thread-safe. */
  public long generation() {
    return generation;
  }

  /** Lets another process have it at once. */
  public void release() {
    validUntilNanos = System.nanoTime();
    insert(
        "SELECT name, generation, holder, asked, now64(3), beat + 1 FROM %s FINAL WHERE name = '%s' AND generation = %d AND holder = '%s'"
            .formatted(table, NAME, generation, holder));
  }

  /** Who holds it, for people; empty if nobody does. */
  public static Optional<String> holder(Store store) {
    Held held = last(store, store.config().database() + ".alert_lease");
    return held.valid ? Optional.of(held.holder) : Optional.empty();
  }

  private Held last() {
    return last(store, table);
  }

  private static Held last(Store store, String table) {
    List<GenericRecord> rows =
        store.rows(
            "SELECT generation, holder, until > now64(3) AS valid FROM "
                + table
                + " FINAL WHERE name = {name:String} ORDER BY generation DESC, asked, holder LIMIT"
                + " 1",
            Map.of("name", NAME));
    if (rows.isEmpty()) {
      return new Held(0, "", false);
    }
    GenericRecord row = rows.get(0);
    return new Held(
        row.getLong("generation"), row.getString("holder"), row.getInteger("valid") == 1);
  }

  private void insert(String select) {
    store.command(
        "INSERT INTO " + table + " (name, generation, holder, asked, until, beat) " + select);
  }
}
