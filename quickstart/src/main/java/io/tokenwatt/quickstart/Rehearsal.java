package io.tokenwatt.quickstart;

import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.quickstart.fleet.Fleet;
import io.tokenwatt.storage.StoreException;
import java.io.Closeable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A regression on purpose: after a while, and once the detector has something to compare with, the
 * power limit of one board type in one region is lowered. No part of Tokenwatt is told; it has to
 * see it in what the exporters print. If nobody is paged in time, it says what was seen instead.
 * Thread-safe.
 */
public final class Rehearsal implements Closeable {
  static final String REGION = "us-east";
  static final String BOARDS = "NVIDIA H100 80GB HBM3";

  /** The same boards as the catalogue calls them. */
  static final String HARDWARE = "H100-SXM";

  /** Per board. */
  public static final double WATTS = 300;

  /**
   * Judges after two minutes what a fleet is judged for after half an hour and more: with a false
   * alarm in ten thousand windows of a series instead of in billions.
   */
  public static final Tuning TUNING = Tuning.DEFAULT.withWarmUpWindows(9).withQuietWindows(1e4);

  /** From so many dollars a day a regression pages here; a real fleet's rule says 100. */
  public static final double PAGE_USD_PER_DAY = 10;

  /** From the cap to the page; beyond, it says why there is none. */
  public static final Duration PATIENCE = Duration.ofSeconds(120);

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final long ASK_AGAIN_MS = 2_000;

  private final Runnable lowerPower;
  private final Verdicts verdicts;
  private final Consumer<String> tell;
  private final long dueNanos;
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "rehearsal");
            thread.setDaemon(true);
            return thread;
          });
  private boolean waits;
  private boolean capped;
  private long cappedNanos;
  private boolean paged;

  private Rehearsal(Duration time, Runnable lowerPower, Verdicts verdicts, Consumer<String> tell) {
    this.lowerPower = lowerPower;
    this.verdicts = verdicts;
    this.tell = tell;
    this.dueNanos = System.nanoTime() + time.toNanos();
    clock.schedule(this::begin, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * @param verdicts on {@link #HARDWARE} in {@link #REGION}
   * @param tell gets a line or more when something happens, on a thread of the rehearsal's
   */
  static Rehearsal after(Duration time, Fleet fleet, Verdicts verdicts, Consumer<String> tell) {
    return after(time, () -> fleet.powerCap(REGION, BOARDS, WATTS), verdicts, tell);
  }

  /** The same with something else that lowers the power. */
  static Rehearsal after(
      Duration time, Runnable lowerPower, Verdicts verdicts, Consumer<String> tell) {
    return new Rehearsal(time, lowerPower, verdicts, tell);
  }

  private void begin() {
    try {
      boolean longEnough = System.nanoTime() - dueNanos > LONGEST_WAIT.toNanos();
      if (longEnough || verdicts.canCompare()) {
        cap();
        return;
      }
      if (!waits) {
        tell.accept("rehearsal: waits until the detector has windows to compare others with");
      }
      waits = true;
    } catch (StoreException e) {
      LOG.warn("cannot ask what was judged: {}", e.getMessage());
    }
    clock.schedule(this::begin, ASK_AGAIN_MS, TimeUnit.MILLISECONDS);
  }

  private void cap() {
    verdicts.mark();
    lowerPower.run();
    synchronized (this) {
      capped = true;
      cappedNanos = System.nanoTime();
    }
    tell.accept(
        "rehearsal: the power limit of every %s in %s is %.0f W from now on"
            .formatted(BOARDS, REGION, WATTS));
    clock.schedule(this::explainSilence, PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Somebody was paged for tokens that got dearer. */
  void paged() {
    long seconds;
    synchronized (this) {
      if (!capped || paged) {
        return;
      }
      paged = true;
      seconds = Math.round((System.nanoTime() - cappedNanos) / 1e9);
    }
    tell.accept("rehearsal: paged %d s after the cap".formatted(seconds));
  }

  /** If the cap was set and nobody was paged: why. Also when everything ends before its time. */
  void explainSilence() {
    long seconds;
    synchronized (this) {
      if (!capped || paged) {
        return;
      }
      seconds = Math.round((System.nanoTime() - cappedNanos) / 1e9);
    }
    try {
      tell.accept(
          "rehearsal: nobody was paged in the %d s since the cap: %s"
              .formatted(seconds, verdicts.whyNobodyIsPaged()));
    } catch (StoreException e) {
      LOG.warn("cannot ask what was judged: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
