package io.tokenwatt.quickstart.bench.suspects;

import io.tokenwatt.quickstart.bench.report.Section;
import java.util.function.IntConsumer;

/** The confusion matrix of suspects. The same seed gives the same trials. */
public final class SuspectsBench {
  /** Of each kind; more would have the seeds of the next. */
  public static final int MOST_TRIALS = 50;

  private SuspectsBench() {}

  /**
   * @param trials of each kind of cause, and of none; at most {@link #MOST_TRIALS}
   * @param done is told how many kinds are done
   */
  public static Section run(long seed, int trials, IntConsumer done) {
    return confusion(seed, trials, done).section(seed);
  }

  static Confusion confusion(long seed, int trials, IntConsumer done) {
    Confusion confusion = new Confusion();
    for (Cause cause : Cause.values()) {
      for (int i = 0; i < trials; i++) {
        confusion.add(cause, new Trial(cause, seed(seed, cause, i), false).run());
      }
      done.accept(cause.ordinal() + 1);
    }
    return confusion;
  }

  static long seed(long seed, Cause cause, int trial) {
    return seed * 1000 + cause.ordinal() * MOST_TRIALS + trial;
  }
}
