package io.tokenwatt.quickstart.bench;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.quickstart.bench.quiet.QuietResult;
import io.tokenwatt.quickstart.bench.quiet.QuietRun;
import io.tokenwatt.quickstart.bench.reference.FactorSweep;
import io.tokenwatt.quickstart.bench.reference.RuleVariant;
import io.tokenwatt.quickstart.bench.report.Section;
import io.tokenwatt.quickstart.bench.workload.FleetPlans;
import java.util.ArrayList;
import java.util.List;

/** The quiet proof, and what factor each reference needs for as few false alarms. */
final class QuietBench {
  static final List<RuleVariant> RULES =
      List.of(RuleVariant.TRAILING_HOUR, RuleVariant.USUAL, RuleVariant.YESTERDAY);

  static final String EQUAL_RATE = "_equal_rate";

  private static final int WINDOWS_PER_DAY = 8_640;

  private final Detector detector;
  private final FleetPlans fleet;
  private final long seed;
  private final Heartbeat heartbeat;
  private final List<FactorSweep> sweeps = RULES.stream().map(FactorSweep::new).toList();

  QuietBench(Detector detector, FleetPlans fleet, long seed, Heartbeat heartbeat) {
    this.detector = detector;
    this.fleet = fleet;
    this.seed = seed;
    this.heartbeat = heartbeat;
  }

  /**
   * @param days that each series lives
   * @param references whether they watch the same windows, at the cost of their time
   */
  QuietResult run(long windows, int days, boolean references) {
    QuietRun run = new QuietRun(detector, fleet, seed, references ? sweeps : List.of());
    while (run.windows() < windows) {
      int left = (int) Math.ceil((windows - run.windows()) / (double) WINDOWS_PER_DAY);
      run.series(Math.min(days, left), r -> heartbeat.at("quiet windows", r.windows(), windows));
    }
    return new QuietResult(
        run.windows(),
        run.judged(),
        run.seriesBegun(),
        List.copyOf(run.alarms()),
        heartbeat.cpuSeconds() * 1e9 / run.windows());
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
