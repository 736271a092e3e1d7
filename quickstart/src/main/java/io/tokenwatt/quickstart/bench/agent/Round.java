package io.tokenwatt.quickstart.bench.agent;

import io.tokenwatt.quickstart.bench.ProcessMeter;
import io.tokenwatt.quickstart.bench.live.Child;
import io.tokenwatt.quickstart.bench.page.EnginePage;
import java.io.IOException;
import java.util.Optional;

/** What each process used in one stretch of time in which all of them ran side by side. */
record Round(
    double seconds,
    double oursCpu,
    long oursSamples,
    double theirsCpu,
    long theirsSamples,
    double loadCpu) {

  /** Where the counters stand. */
  record Mark(
      long nanos,
      double oursCpu,
      long oursScrapes,
      double theirsCpu,
      long theirsScrapes,
      double loadCpu) {

    static Mark of(Sides sides) throws IOException, InterruptedException {
      sides.ours().requireAlive();
      Optional<Child> theirs = sides.theirs();
      return new Mark(
          System.nanoTime(),
          new ProcessMeter(sides.ours().pid()).cpuSeconds(),
          sides.load().stat("ours", "scrapes"),
          theirs.isPresent() ? new ProcessMeter(theirs.get().pid()).cpuSeconds() : 0,
          sides.load().stat("theirs", "scrapes"),
          new ProcessMeter(sides.load().pid()).cpuSeconds());
    }

    Round until(Mark end) {
      return new Round(
          (end.nanos - nanos) / 1e9,
          end.oursCpu - oursCpu,
          (end.oursScrapes - oursScrapes) * EnginePage.SERIES,
          end.theirsCpu - theirsCpu,
          (end.theirsScrapes - theirsScrapes) * EnginePage.SERIES,
          end.loadCpu - loadCpu);
    }
  }

  double oursNanosPerSample() {
    return oursCpu * 1e9 / oursSamples;
  }

  double theirsNanosPerSample() {
    return theirsCpu * 1e9 / theirsSamples;
  }

  /**
   * Both must have scraped everything, or the one that did less looks better than it is.
   *
   * @throws IllegalStateException if one of them left out more than a twentieth
   */
  void requireComplete(Setup setup, boolean peer) {
    double all = seconds * setup.series();
    if (oursSamples < 0.95 * all || peer && theirsSamples < 0.95 * all) {
      throw new IllegalStateException(
          "scraped in %.1f s: ours %d, theirs %d of %.0f samples; the machine is too busy"
              .formatted(seconds, oursSamples, theirsSamples, all));
    }
  }
}
