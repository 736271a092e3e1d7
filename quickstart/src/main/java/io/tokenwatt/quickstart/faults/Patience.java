package io.tokenwatt.quickstart.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits for what another process does, by asking it. */
final class Patience {
  /** Generous: a loaded machine is no fault. */
  static final Duration LIMIT = Duration.ofMinutes(3);

  private static final long EVERY_MS = 100;

  private Patience() {}

  /** A question to another process. */
  interface Question {
    boolean isSo() throws IOException, InterruptedException;
  }

  static void await(String what, Question question) throws IOException, InterruptedException {
    long until = System.nanoTime() + LIMIT.toNanos();
    while (!question.isSo()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException(what + " did not come within " + LIMIT.toSeconds() + " s");
      }
      TimeUnit.MILLISECONDS.sleep(EVERY_MS); // nobody tells us; we ask again
    }
  }
}
