package io.tokenwatt.quickstart.bench.trial;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.quickstart.bench.reference.RuleVariant;
import io.tokenwatt.quickstart.bench.workload.FleetPlans;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Runs trials; the same seed gives the same trials. Not thread-safe. */
public record ScenarioRun(Detector detector, List<RuleVariant> rules, FleetPlans fleet, long seed) {

  public ScenarioResult run(Scenario scenario, int trials) {
    SplittableRandom random = new SplittableRandom(seed + 1_000L * scenario.ordinal());
    List<TrialResult> results = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      results.add(new Trial(scenario, detector, rules, fleet, random.split()).run());
    }
    return new ScenarioResult(scenario, results);
  }
}
