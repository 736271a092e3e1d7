package io.tokenwatt.quickstart.bench.trial;

import io.tokenwatt.quickstart.bench.reference.RuleVariant;
import io.tokenwatt.quickstart.bench.report.Quantiles;
import io.tokenwatt.quickstart.bench.report.Section;
import java.util.List;

/** Trials as tables. */
public final class ScenarioTables {
  /** Scenarios in which the references are shown too. */
  public static final List<Scenario> COMPARED =
      List.of(Scenario.STEP_20, Scenario.STEP_5, Scenario.DRIFT_1_PER_DAY);

  private ScenarioTables() {}

  /** The detector in the scenarios that are regressions. */
  public static Section regressions(List<ScenarioResult> results) {
    Section section =
        Section.of(
            "regressions",
            "Regressions: from the change to the verdict",
            "scenario",
            "trials",
            "missed",
            "windows p50",
            "windows p90",
            "windows p99",
            "seconds p50",
            "seconds p90",
            "seconds p99",
            "size error median",
            "size bias",
            "in 95 % interval",
            "closed as recovered",
            "false alarms");
    for (ScenarioResult r : results) {
      if (!r.scenario().benign()) {
        section.row(
            r.scenario().label(),
            r.trials().size(),
            r.missed(),
            r.delayWindows(0.5),
            r.delayWindows(0.9),
            r.delayWindows(0.99),
            r.delaySeconds(0.5),
            r.delaySeconds(0.9),
            r.delaySeconds(0.99),
            r.sizeError(),
            r.sizeBias(),
            r.coverage(),
            r.scenario() == Scenario.RECOVERED ? r.recovered() : null,
            r.falseAlarms());
      }
    }
    return section
        .note("windows: ended since the change, the one it fell into included")
        .note(
            "seconds: from the change to the end of the deciding window, plus the 5 s after which")
        .note("  a window is judged; Kafka, Flink and delivery are not in it")
        .note(
            "size: what was told last 5 minutes after the opening, in shares; misses count as infinitely late")
        .note(
            "false alarms: verdicts before the change, also by ordinary events of the same series");
  }

  /** Empty; a row for each strength of noise and scenario. */
  public static Section noise() {
    return Section.of(
            "noise",
            "Steps by the strength of noise",
            "scenario",
            "sigma per window",
            "trials",
            "missed",
            "windows p50",
            "windows p90",
            "bound p50",
            "bound p90",
            "seconds p50",
            "seconds p90",
            "seconds p99",
            "false alarms")
        .note(
            "bound: windows that any test takes on average at as few false alarms, if it knows level,")
        .note(
            "  noise and size: ln(2.6e9) / Kullback-Leibler information of a window (Lorden 1971)");
  }

  public static void noise(Section section, double sigma, ScenarioResult r) {
    section.row(
        r.scenario().label(),
        sigma,
        r.trials().size(),
        r.missed(),
        r.delayWindows(0.5),
        r.delayWindows(0.9),
        r.boundWindows(0.5),
        r.boundWindows(0.9),
        r.delaySeconds(0.5),
        r.delaySeconds(0.9),
        r.delaySeconds(0.99),
        r.falseAlarms());
  }

  /** The scenarios in which silence is right. */
  public static Section benign(List<ScenarioResult> results) {
    Section section =
        Section.of(
            "benign",
            "No regressions: verdicts that should not have been",
            "scenario",
            "what happens",
            "trials",
            "false alarms");
    for (ScenarioResult r : results) {
      if (r.scenario().benign()) {
        section.row(
            r.scenario().label(), r.scenario().meaning(), r.trials().size(), r.falseAlarms());
      }
    }
    return section;
  }

  /** Detector and references in the same trials of one scenario. */
  public static Section ahead(ScenarioResult r, List<RuleVariant> rules) {
    Section section =
        Section.of(
            "references_" + r.scenario().label(),
            "Detector and references in the same trials: " + r.scenario().meaning(),
            "who",
            "trials",
            "found",
            "seconds p50",
            "seconds p99",
            "false alarms in them",
            "rule");
    section.row(
        "tokenwatt",
        r.trials().size(),
        r.detected().size(),
        r.delaySeconds(0.5),
        r.delaySeconds(0.99),
        r.falseAlarms(),
        "");
    for (int i = 0; i < rules.size(); i++) {
      Quantiles delays = new Quantiles(r.referenceDelays(i));
      section.row(
          rules.get(i).name(),
          r.trials().size(),
          r.referenceDelays(i).stream().filter(d -> !d.isInfinite()).count(),
          finite(delays.at(0.5)),
          finite(delays.at(0.99)),
          r.referenceFalseAlarms(i),
          rules.get(i).expression());
    }
    return section.note("a dash: that share of the trials was not found within the trial");
  }

  private static Double finite(Double value) {
    return value == null || value.isInfinite() ? null : value;
  }
}
