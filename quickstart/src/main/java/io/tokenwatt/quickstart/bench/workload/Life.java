package io.tokenwatt.quickstart.bench.workload;

import java.util.List;
import java.util.SplittableRandom;

/**
 * What happens to a series that is not a regression: deployments without effect, nodes that come
 * and go, traffic that moves, mixes that shift, windows that are lost. Drawn as a Poisson process;
 * on average each kind comes once in {@code meanHours}. Not thread-safe.
 */
public final class Life {
  private static final double HOUR_MS = 3_600_000.0;
  private static final double LOST = 0.0005;
  private static final double THIN = 0.01;

  /** One kind of event. */
  public enum Event {
    SILENT_DEPLOY,
    NODES_CHANGE,
    TRAFFIC_MOVES,
    MIX_SHIFTS,
    TELEMETRY_GAP
  }

  private final SeriesPlan plan;
  private final List<Trace> traces;
  private final double meanHours;
  private final SplittableRandom random;
  private long nextMs = Long.MIN_VALUE;
  private long calmFromMs = Long.MAX_VALUE;
  private long trafficUntilMs;
  private long mixUntilMs;
  private long gapUntilMs;
  private long rollingUntilMs;
  private int engines;
  private int deployments = 1;

  /**
   * @param meanHours mean time between two events of one kind; infinite = nothing happens
   */
  public Life(SeriesPlan plan, List<Trace> traces, double meanHours, SplittableRandom random) {
    this.plan = plan;
    this.traces = traces;
    this.meanHours = meanHours;
    this.random = random;
    this.engines = plan.engines();
  }

  /** Turns the knobs for the tick that begins at {@code nowMs}. */
  public void turn(long nowMs, Circumstances now) {
    if (Double.isInfinite(meanHours)) {
      return;
    }
    if (nextMs == Long.MIN_VALUE) {
      nextMs = nowMs + exponentialMs(meanHours / Event.values().length);
    }
    if (nowMs >= nextMs && nowMs < calmFromMs) {
      happen(Event.values()[random.nextInt(Event.values().length)], nowMs, now);
      nextMs = nowMs + exponentialMs(meanHours / Event.values().length);
    }
    if (nowMs >= trafficUntilMs) {
      now.traffic = 1;
    }
    if (nowMs >= mixUntilMs) {
      now.otherShare = 0;
    }
    now.engines = nowMs < rollingUntilMs ? Math.max(1, engines / 2) : engines;
  }

  /** No event begins from then on; what has begun goes on to its end. */
  public void calmFrom(long atMs) {
    calmFromMs = atMs;
  }

  /** Makes it happen now, whatever the dice say. */
  public void happen(Event event, long nowMs, Circumstances now) {
    switch (event) {
      case SILENT_DEPLOY -> {
        now.deployment = "deploy-" + ++deployments;
        rollingUntilMs = nowMs + 10_000L * random.nextInt(4);
      }
      case NODES_CHANGE -> {
        double factor = Math.pow(2, 2 * random.nextDouble() - 1);
        int most = 2 * plan.engines();
        engines = (int) Math.max(1, Math.min(most, Math.round(plan.engines() * factor)));
      }
      case TRAFFIC_MOVES -> {
        now.traffic = 0.2 + 1.6 * random.nextDouble();
        trafficUntilMs = nowMs + exponentialMs(6);
      }
      case MIX_SHIFTS -> {
        now.otherMix = traces.get(random.nextInt(traces.size()));
        now.otherShare = 0.1 + 0.5 * random.nextDouble();
        mixUntilMs = nowMs + exponentialMs(8);
      }
      case TELEMETRY_GAP -> gapUntilMs = nowMs + exponentialMs(0.5);
    }
  }

  /** Share of the window beginning at {@code startMs} that telemetry covers; 0 = nothing. */
  public double covered(long startMs) {
    if (startMs < gapUntilMs) {
      return 0;
    }
    if (Double.isInfinite(meanHours)) {
      return 1;
    }
    double dice = random.nextDouble();
    return dice < LOST ? 0 : dice < THIN ? 0.9 + 0.1 * random.nextDouble() : 1;
  }

  private long exponentialMs(double hours) {
    return Math.round(-Math.log(1 - random.nextDouble()) * hours * HOUR_MS);
  }
}
