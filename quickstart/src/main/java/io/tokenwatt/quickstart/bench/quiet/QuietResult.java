package io.tokenwatt.quickstart.bench.quiet;

import io.tokenwatt.quickstart.bench.report.Section;
import java.util.List;

/**
 * False alarms of a quiet run, and what they say of a fleet.
 *
 * @param nanosPerWindow processor time of simulation and detector together, and of the references
 *     where they watch
 */
public record QuietResult(
    long windows, long judged, int series, List<FalseAlarm> alarms, double nanosPerWindow) {
  /** 10,000 series over 30 days. */
  public static final double FLEET_WINDOWS = 10_000.0 * 30 * 8_640;

  /** As rule efficiency-regression-page has it. */
  public static final double PAGE_USD_PER_DAY = 100;

  private static final double CONFIDENCE = 0.95;

  public long pages() {
    return alarms.stream().filter(a -> a.leastUsdPerDay() > PAGE_USD_PER_DAY).count();
  }

  /** What 10,000 series would see in 30 days at the rate that was counted. */
  public double perFleet(long count) {
    return count * FLEET_WINDOWS / windows;
  }

  public double perFleetAtMost(long count) {
    return PoissonBound.upper(count, CONFIDENCE) * FLEET_WINDOWS / windows;
  }

  public Section section() {
    Section section =
        Section.of(
            "quiet",
            "Quiet series: no regression, everything else",
            "what",
            "windows",
            "series",
            "false alarms",
            "10,000 series x 30 days",
            "at most (95 %)",
            "CPU ns per window");
    row(section, "regressions opened", alarms.size());
    row(section, "of these pages, > %.0f $/day at the least".formatted(PAGE_USD_PER_DAY), pages());
    return section
        .note("%,d windows were given to the detector, the rest was unseen".formatted(judged))
        .note("at most: exact upper bound of a Poisson mean (Garwood), times 2.592e9 / windows");
  }

  private void row(Section section, String what, long count) {
    section.row(
        what, windows, series, count, perFleet(count), perFleetAtMost(count), nanosPerWindow);
  }
}
