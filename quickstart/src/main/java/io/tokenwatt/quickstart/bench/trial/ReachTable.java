package io.tokenwatt.quickstart.bench.trial;

import io.tokenwatt.quickstart.bench.report.Section;
import java.util.List;

/**
 * Steps against the time that is asked for, apart for the series whose windows tell enough by then
 * and for those where no test could keep it: {@link InformationLimit}.
 */
public final class ReachTable {
  /** Scenarios of which a time is asked, from the change to the message. */
  public static final List<Scenario> ASKED = List.of(Scenario.STEP_20, Scenario.STEP_5);

  private static final double STEP_20_SECONDS = 30;
  private static final double STEP_5_SECONDS = 300;

  private ReachTable() {}

  /** Of all results those in {@link #ASKED}. */
  public static Section of(List<ScenarioResult> results) {
    Section section =
        Section.of(
            "reach",
            "Steps against the time asked for, by what the windows tell",
            "scenario",
            "asked, s",
            "series whose windows tell enough by then",
            "trials",
            "share of trials",
            "share of board hours",
            "missed",
            "in time",
            "seconds p50",
            "seconds p90",
            "seconds p99",
            "limit p50",
            "limit p90",
            "limit p99");
    for (ScenarioResult r : results) {
      if (ASKED.contains(r.scenario())) {
        double asked = r.scenario() == Scenario.STEP_20 ? STEP_20_SECONDS : STEP_5_SECONDS;
        row(section, asked, "yes", r.reachable(asked, true), r);
        row(section, asked, "no", r.reachable(asked, false), r);
      }
    }
    return section
        .note("limit: end of the window with which the information of all since the change reaches")
        .note(
            "  ln(2.6e9), plus the 5 s: what the best test takes on average, to first order, if it")
        .note(
            "  knows level, noise, size and load. The part of a window before the change, windows")
        .note("  without tokens and strays of 3 to 8 sigma tell less; then no test keeps the time")
        .note("board hours: at one price a share of them is a share of the fleet's dollars");
  }

  private static void row(
      Section section, double asked, String enough, ScenarioResult part, ScenarioResult all) {
    double n = Math.max(1, part.trials().size());
    section.row(
        all.scenario().label(),
        asked,
        enough,
        part.trials().size(),
        part.trials().size() / (double) Math.max(1, all.trials().size()),
        part.boards() / (double) Math.max(1, all.boards()),
        part.missed(),
        part.foundWithin(asked) / n,
        part.delaySeconds(0.5),
        part.delaySeconds(0.9),
        part.delaySeconds(0.99),
        finite(part.limitSeconds(0.5)),
        finite(part.limitSeconds(0.9)),
        finite(part.limitSeconds(0.99)));
  }

  private static Double finite(Double value) {
    return value == null || value.isInfinite() ? null : value;
  }
}
