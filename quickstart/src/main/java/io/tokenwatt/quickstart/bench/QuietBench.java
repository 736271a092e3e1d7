package io.tokenwatt.quickstart.bench;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.quickstart.bench.quiet.QuietResult;
import io.tokenwatt.quickstart.bench.quiet.QuietRun;
import io.tokenwatt.quickstart.bench.quiet.TailFit;
import io.tokenwatt.quickstart.bench.reference.FactorSweep;
import io.tokenwatt.quickstart.bench.reference.RuleVariant;
import io.tokenwatt.quickstart.bench.report.Section;
import io.tokenwatt.quickstart.bench.workload.FleetPlans;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** The quiet proof, and what factor each reference needs for as few false alarms. */
final class QuietBench {
  static final List<RuleVariant> RULES =
      List.of(RuleVariant.TRAILING_HOUR, RuleVariant.USUAL, RuleVariant.YESTERDAY);

  static final String EQUAL_RATE = "_equal_rate";

  private static final int WINDOWS_PER_DAY = 8_640;

  /** What the tail is fitted to: alarms are many here, and fewer at each. */
  private static final double[] QUIET_ASKED = {1e2, 2e2, 5e2, 1e3, 1e4};

  private final FleetPlans fleet;
  private final long seed;
  private final PrintWriter err;
  private final List<FactorSweep> sweeps = RULES.stream().map(FactorSweep::new).toList();

  QuietBench(FleetPlans fleet, long seed, PrintWriter err) {
    this.fleet = fleet;
    this.seed = seed;
    this.err = err;
  }

  /**
   * @param what for progress
   * @param seconds after which it ends with what it has, at the end of a day of windows
   * @param references whether they watch the same windows, at the cost of their time
   */
  QuietResult run(
      Detector detector, long windows, double seconds, String what, boolean references) {
    Heartbeat heartbeat = new Heartbeat(err);
    QuietRun run = new QuietRun(detector, fleet, seed, references ? sweeps : List.of());
    int days = BenchPlan.days(windows);
    while (run.windows() < windows && heartbeat.seconds() < seconds) {
      int left = (int) Math.ceil((windows - run.windows()) / (double) WINDOWS_PER_DAY);
      run.series(
          Math.min(days, left),
          r -> {
            heartbeat.at(what, r.windows(), windows);
            return heartbeat.seconds() < seconds;
          });
    }
    return new QuietResult(
        run.windows(),
        run.judged(),
        run.seriesBegun(),
        List.copyOf(run.alarms()),
        heartbeat.cpuSeconds() * 1e9 / run.windows());
  }

  /** Lower thresholds on windows of the same fleet, fitted and carried on to the one in use. */
  Section tail(QuietResult inUse, long windows) {
    List<TailFit.Point> points = new ArrayList<>();
    for (double asked : QUIET_ASKED) {
      Detector lower = new Detector(Tuning.DEFAULT.withQuietWindows(asked));
      QuietResult result =
          run(lower, windows, Double.POSITIVE_INFINITY, "tail at %.0e".formatted(asked), false);
      points.add(new TailFit.Point(Math.log(asked), result.windows(), result.alarms().size()));
    }
    if (points.stream().filter(p -> p.alarms() > 0).count() < 2) {
      return Section.of("tail", "No tail: too few false alarms at low thresholds", "windows")
          .note("counted: " + points);
    }
    double height = Math.log(Tuning.DEFAULT.quietWindows());
    return TailFit.of(points)
        .section(new TailFit.Point(height, inUse.windows(), inUse.alarms().size()));
  }

  /** Each rule with the smallest factor that gives no more false alarms than the detector gave. */
  List<RuleVariant> equalRate(QuietResult ours) {
    List<RuleVariant> equal = new ArrayList<>();
    for (FactorSweep sweep : sweeps) {
      double factor = sweep.factorFor(ours.alarms().size()).orElse(Double.POSITIVE_INFINITY);
      equal.add(sweep.variant().with(sweep.variant().name() + EQUAL_RATE, factor));
    }
    return equal;
  }

  Section references(QuietResult ours) {
    Section section =
        Section.of(
            "quiet_references",
            "References on the same quiet windows",
            "rule",
            "factor as written",
            "false alarms",
            "10,000 series x 30 days",
            "factor for our false alarms");
    for (FactorSweep sweep : sweeps) {
      long alarms = sweep.alarmsAt(sweep.variant().factor());
      section.row(
          sweep.variant().name(),
          sweep.variant().factor(),
          alarms,
          ours.perFleet(alarms),
          sweep.factorFor(ours.alarms().size()).isPresent()
              ? sweep.factorFor(ours.alarms().size()).getAsDouble()
              : null);
    }
    return section;
  }
}
