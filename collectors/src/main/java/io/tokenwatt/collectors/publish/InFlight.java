package io.tokenwatt.collectors.publish;

import io.tokenwatt.collectors.clock.Moment;
import io.tokenwatt.collectors.spool.Backlog;

/** A record that was handed to Kafka's producer, and what became of it so far. Thread-safe. */
final class InFlight {
  private final Backlog.Taken taken;
  private final Moment sent;
  private volatile boolean done;
  private volatile Exception error;

  InFlight(Backlog.Taken taken, Moment sent) {
    this.taken = taken;
    this.sent = sent;
  }

  Backlog.Taken taken() {
    return taken;
  }

  /** When it was handed over. */
  Moment sent() {
    return sent;
  }

  int bytes() {
    return taken.entry().bytes();
  }

  /** Kafka has it, or it is given up. */
  void done() {
    done = true;
  }

  void failed(Exception e) {
    error = e;
  }

  boolean isDone() {
    return done;
  }

  /** Why it was not delivered; null = it is under way, or delivered. */
  Exception error() {
    return error;
  }
}
