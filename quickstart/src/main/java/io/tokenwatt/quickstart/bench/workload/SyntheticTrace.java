package io.tokenwatt.quickstart.bench.workload;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What stands in for the recorded traces where the corpus is not there: two hours of Poisson
 * arrivals in calm and burst with log-normal lengths. Results say so, for such traffic is kinder.
 */
public final class SyntheticTrace {
  private static final int SECONDS = 3_600;
  private static final double BURST = 1.8;
  private static final double CALM = 0.76;

  private SyntheticTrace() {}

  /** Chat-like and document-like, always the same. */
  public static List<Trace> both() {
    return List.of(
        draw("synthetic_chat", 5.5, 1_000, 1.0, 130, 0.9, 11),
        draw("synthetic_documents", 3.4, 7_000, 1.0, 350, 0.6, 12));
  }

  private static Trace draw(
      String name,
      double perSecond,
      double promptMedian,
      double promptSpread,
      double outputMedian,
      double outputSpread,
      long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int most = (int) (perSecond * SECONDS * 2);
    long[] at = new long[most];
    int[] prompts = new int[most];
    int[] outputs = new int[most];
    double ms = 0;
    for (int i = 0; i < most; i++) {
      double rate = perSecond * ((long) ms / 52_000 % 2 == 0 ? CALM : BURST);
      ms -= 1_000 * Math.log(1 - random.nextDouble()) / rate;
      at[i] = (long) ms;
      prompts[i] = length(promptMedian, promptSpread, random);
      outputs[i] = length(outputMedian, outputSpread, random);
    }
    return new Trace(name, at, prompts, outputs);
  }

  private static int length(double median, double spread, SplittableRandom random) {
    return (int) Math.max(1, median * Math.exp(spread * random.nextGaussian()));
  }
}
