package io.tokenwatt.quickstart.bench.trial;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.quickstart.bench.reference.RuleVariant;
import io.tokenwatt.quickstart.bench.workload.Fault;
import io.tokenwatt.quickstart.bench.workload.FleetPlans;
import io.tokenwatt.quickstart.bench.workload.Life;
import io.tokenwatt.quickstart.bench.workload.SeriesPlan;
import io.tokenwatt.quickstart.bench.workload.SimulatedSeries;
import io.tokenwatt.quickstart.bench.workload.WindowTally;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One scenario at one drawn series. The change comes at a drawn millisecond, so a window may be
 * half before and half after it. Ordinary events go on all the while.
 */
final class Trial {
  private static final long START_MS = 1_767_225_600_000L; // 2026-01-01, a Thursday
  private static final long HOUR_MS = 3_600_000;
  private static final double EVENT_HOURS = 48;

  /** Where minutes count, nothing else begins from so long before the change on. */
  private static final long CALM_MS = HOUR_MS / 2;

  private final Scenario scenario;

  private final Detector detector;
  private final List<RuleVariant> rules;
  private final FleetPlans fleet;
  private final SplittableRandom random;

  Trial(
      Scenario scenario,
      Detector detector,
      List<RuleVariant> rules,
      FleetPlans fleet,
      SplittableRandom random) {
    this.scenario = scenario;
    this.detector = detector;
    this.rules = rules;
    this.fleet = fleet;
    this.random = random;
  }

  TrialResult run() {
    SeriesPlan plan = fleet.draw(random);
    Life life = new Life(plan, fleet.traces(), EVENT_HOURS, random.split());
    long start = START_MS + Watch.WINDOW_MS * random.nextInt(7 * 8_640);
    SimulatedSeries series = new SimulatedSeries(plan, start, Watch.WINDOW_MS, random.split());
    Watch watch = new Watch(detector, plan);
    long changeMs = start + scenario.hoursBefore() * HOUR_MS + random.nextInt(3_600_000);
    life.calmFrom(scenario.calm() ? changeMs - CALM_MS : Long.MAX_VALUE);
    series.circumstances().fault = fault(changeMs);
    TrialResult result = new TrialResult(plan, series.circumstances().fault, changeMs, rules);
    long end = changeMs + scenario.hoursAfter() * HOUR_MS;
    boolean happened = scenario.event() == null;
    WindowTally tally = new WindowTally();
    while (series.nowMs() < end) {
      long at = series.nowMs();
      life.turn(at, series.circumstances());
      if (!happened && at + Watch.WINDOW_MS > changeMs) {
        life.happen(scenario.event(), at, series.circumstances());
        happened = true;
      }
      tally.open(at);
      series.advance(tally);
      judge(tally, life.covered(at), watch, result);
    }
    return result;
  }

  private static void judge(WindowTally tally, double covered, Watch watch, TrialResult result) {
    if (covered == 0) {
      result.missed(tally.windowStartMs + Watch.WINDOW_MS);
      return;
    }
    if (covered < 1) {
      tally.cover(covered);
    }
    result.window(tally);
    watch.judge(tally).forEach(result::take);
  }

  private Fault fault(long changeMs) {
    if (scenario.benign()) {
      return Fault.NONE;
    }
    double size =
        scenario.smallest() + random.nextDouble() * (scenario.largest() - scenario.smallest());
    if (scenario == Scenario.BAD_NODE) {
      size /= 4 + random.nextInt(5);
    }
    boolean clock = scenario != Scenario.BAD_NODE && random.nextBoolean();
    long until = scenario == Scenario.RECOVERED ? changeMs + HOUR_MS / 2 : Long.MAX_VALUE;
    return new Fault(
        clock ? Fault.Kind.CLOCK : Fault.Kind.POWER, scenario.growth(), size, changeMs, until);
  }
}
