package io.tokenwatt.quickstart.bench.quiet;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.Verdict;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.quickstart.bench.reference.FactorSweep;
import io.tokenwatt.quickstart.bench.trial.Watch;
import io.tokenwatt.quickstart.bench.workload.FleetPlans;
import io.tokenwatt.quickstart.bench.workload.Life;
import io.tokenwatt.quickstart.bench.workload.SeriesPlan;
import io.tokenwatt.quickstart.bench.workload.SimulatedSeries;
import io.tokenwatt.quickstart.bench.workload.WindowTally;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * Whole lives of series in which nothing regresses, one after the other, with all that is ordinary:
 * night, deployments, nodes, traffic, mixes, gaps. The same seed gives the same lives. Not
 * thread-safe.
 */
public final class QuietRun {
  private static final long START_MS = 1_767_225_600_000L;
  private static final double HOUR_MS = 3_600_000;
  private static final long WINDOWS_PER_DAY = 8_640;

  /** Mean hours between two events of one kind at one series. */
  public static final double EVENT_HOURS = 48;

  private final Detector detector;
  private final FleetPlans fleet;
  private final SplittableRandom random;
  private final List<FactorSweep> sweeps;
  private final List<FalseAlarm> alarms = new ArrayList<>();
  private long windows;
  private long judged;
  private int series;

  /**
   * @param sweeps references on the same windows; empty to save their time
   */
  public QuietRun(Detector detector, FleetPlans fleet, long seed, List<FactorSweep> sweeps) {
    this.detector = detector;
    this.fleet = fleet;
    this.random = new SplittableRandom(seed);
    this.sweeps = sweeps;
  }

  /**
   * One more series over so many days.
   *
   * @param daily whether to go on
   */
  public void series(int days, Predicate<QuietRun> daily) {
    SeriesPlan plan = fleet.draw(random);
    Life life = new Life(plan, fleet.traces(), EVENT_HOURS, random.split());
    SimulatedSeries simulated =
        new SimulatedSeries(plan, START_MS, Watch.WINDOW_MS, random.split());
    Watch watch = new Watch(detector, plan);
    sweeps.forEach(FactorSweep::begin);
    WindowTally tally = new WindowTally();
    series++;
    for (long i = 0; i < days * WINDOWS_PER_DAY; i++) {
      window(simulated, life, watch, tally);
      if (i % WINDOWS_PER_DAY == WINDOWS_PER_DAY - 1 && !daily.test(this)) {
        return;
      }
    }
  }

  private void window(SimulatedSeries simulated, Life life, Watch watch, WindowTally tally) {
    long at = simulated.nowMs();
    life.turn(at, simulated.circumstances());
    tally.open(at);
    simulated.advance(tally);
    double covered = life.covered(at);
    windows++;
    if (covered > 0) {
      if (covered < 1) {
        tally.cover(covered);
      }
      judged++;
      for (Verdict verdict : watch.judge(tally)) {
        take(verdict, simulated, at);
      }
    }
    for (FactorSweep sweep : sweeps) {
      sweep.next(
          covered == 0 ? 0 : tally.amount(CellMeasure.GPU_MJ_METERED) / 1e3,
          covered == 0 ? 0 : tally.amount(CellMeasure.OUTPUT_TOKENS_METERED));
    }
  }

  private void take(Verdict verdict, SimulatedSeries simulated, long at) {
    if (verdict instanceof Verdict.Opened opened) {
      alarms.add(
          new FalseAlarm(
              simulated.plan(),
              opened.regression(),
              FalseAlarm.leastUsdPerDay(opened.regression()),
              (at - START_MS) / HOUR_MS,
              simulated.running()));
    } else if (verdict instanceof Verdict.Updated updated) {
      alarms.set(alarms.size() - 1, newest().told(updated.regression()));
    }
  }

  /** A series has one regression at a time, and one series runs at a time. */
  private FalseAlarm newest() {
    return alarms.get(alarms.size() - 1);
  }

  /** Simulated, the unseen included. */
  public long windows() {
    return windows;
  }

  /** Given to the detector. */
  public long judged() {
    return judged;
  }

  public int seriesBegun() {
    return series;
  }

  public List<FalseAlarm> alarms() {
    return alarms;
  }
}
