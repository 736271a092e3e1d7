package io.tokenwatt.collectors.publish;

import io.tokenwatt.collectors.clock.Moment;
import io.tokenwatt.collectors.spool.Backlog;
import io.tokenwatt.collectors.spool.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * Moves records from the backlog to Kafka on a thread of its own, the only one that touches the
 * disk. Kafka's producer keeps order and tries again; where it gives up on anything but one bad
 * record, all that is under way is sent again in order by a new producer.
 */
final class Sender {
  private static final long WAIT_MS = 100;
  private static final long SILENCE_MS = 5000;

  private final Backlog backlog;
  private final KafkaTopic topic;
  private final PublishTally tally;
  private final Pace pace;
  private final Supplier<Moment> clock;
  private final Window window = new Window();
  private final Semaphore news = new Semaphore(0);
  private final Thread thread = new Thread(this::run, "publish");
  private volatile boolean failed;
  private volatile boolean draining;
  private volatile boolean ended;
  private List<Backlog.Taken> again = List.of();

  Sender(Backlog backlog, KafkaTopic topic, PublishTally tally, Pace pace, Supplier<Moment> clock) {
    this.backlog = backlog;
    this.topic = topic;
    this.tally = tally;
    this.pace = pace;
    this.clock = clock;
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  /** Something changed: there may be work. */
  void wake() {
    news.release();
  }

  private void run() {
    try {
      while (!ended && !(draining && isThrough())) {
        if (!turn()) {
          await();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean turn() {
    try {
      backlog.settle();
      window.settle().ifPresent(backlog::remove);
      if (failed) {
        startAgain();
      }
      watch();
      return step();
    } catch (RuntimeException e) {
      tally.bug(e);
      return false;
    }
  }

  private boolean isThrough() {
    return window.isEmpty() && again.isEmpty() && backlog.onDisk() == 0 && backlog.inMemory() == 0;
  }

  /**
   * @return false where there is nothing to do for now
   */
  private boolean step() {
    Moment now = clock.get();
    boolean free = !window.isFull(now) && topic.isKnown();
    pace.free(free, now);
    if (!free) {
      return false;
    }
    if (!again.isEmpty()) {
      List<Backlog.Taken> open = again;
      again = List.of();
      open.forEach(this::send);
      tally.resent(open.size());
      return true;
    }
    if (!draining && !pace.take()) {
      return false;
    }
    Optional<Backlog.Taken> next = backlog.take();
    next.ifPresentOrElse(this::send, pace::idle);
    return next.isPresent();
  }

  private void send(Backlog.Taken taken) {
    InFlight record = new InFlight(taken, clock.get());
    window.add(record);
    Entry entry = taken.entry();
    if (backlog.isTooOld(entry)) {
      tally.lost("too_old", 1);
      record.done();
      pace.giveBack();
      return;
    }
    try {
      // Its end is told to the callback.
      Future<RecordMetadata> unused =
          topic
              .producer()
              .send(
                  topic.record(entry.key(), entry.value()),
                  (metadata, error) -> answered(record, metadata, error));
    } catch (RuntimeException e) {
      answered(record, null, e);
    }
  }

  // On the producer's thread: no disk here.
  private void answered(InFlight record, RecordMetadata metadata, Exception error) {
    if (error == null) {
      record.done();
      tally.delivered(1, record.taken().entry().value().length);
      if (metadata.hasTimestamp()) {
        tally.skew().learn(record.sent().wallMs(), metadata.timestamp(), clock.get().wallMs());
      }
    } else if (isOfThisRecord(error)) {
      record.done();
      tally.failed(error);
    } else {
      record.failed(error);
      failed = true;
    }
    wake();
  }

  private static boolean isOfThisRecord(Exception error) {
    return error instanceof RecordTooLargeException
        || error instanceof RecordBatchTooLargeException
        || error instanceof InvalidRecordException;
  }

  private void startAgain() {
    failed = false;
    if (ended) {
      return;
    }
    window.failure().ifPresent(e -> tally.down("a record was not taken: " + e));
    topic.reopen();
    // Closing the old producer has ended everything under way.
    window.settle().ifPresent(backlog::remove);
    again = window.takeBack();
    failed = false;
  }

  private void watch() {
    long waited = Math.min(window.waitedMs(clock.get()), tally.sinceDeliveredMs());
    if (waited > SILENCE_MS) {
      tally.down("no acknowledgement for " + waited / 1000 + " s");
    }
    tally.spoolWrites(!backlog.isFailing());
  }

  private void await() throws InterruptedException {
    if (news.tryAcquire(WAIT_MS, TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }

  /**
   * Sends what waits, without a pace, until there is nothing left or the time is over; what is left
   * is brought to disk or counted as lost.
   *
   * @return records left on disk
   */
  long drain(Duration most) {
    draining = true;
    wake();
    join(most);
    ended = true;
    // Wakes a thread that waits for the broker, and ends what is under way.
    topic.close();
    wake();
    join(Duration.ofSeconds(1));
    if (thread.isAlive()) {
      // It has the files; without them only what was accepted can be told.
      tally.lost("closed", backlog.inMemory());
      return tally.waiting();
    }
    backlog.settle();
    window.settle().ifPresent(backlog::remove);
    List<Backlog.Taken> open = new ArrayList<>(window.takeBack());
    open.addAll(again);
    long kept = open.stream().filter(backlog::isKept).count();
    long lost = backlog.inMemory() + open.size() - kept;
    kept += backlog.onDisk();
    if (lost > 0) {
      tally.lost("closed", lost);
    }
    backlog.close();
    return kept;
  }

  private void join(Duration most) {
    try {
      thread.join(most.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
