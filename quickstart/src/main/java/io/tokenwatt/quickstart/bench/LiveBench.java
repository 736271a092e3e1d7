package io.tokenwatt.quickstart.bench;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.quickstart.bench.live.LivePlan;
import io.tokenwatt.quickstart.bench.live.LiveRun;
import io.tokenwatt.quickstart.bench.reference.RuleVariant;
import io.tokenwatt.quickstart.bench.report.Section;
import io.tokenwatt.quickstart.bench.workload.FleetPlans;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The live run in a temporary folder, or the reason why there is none. */
record LiveBench(BenchPlan plan, Detector detector, FleetPlans fleet, PrintWriter err) {
  private static final double STEP = 0.2;

  /**
   * @param rules of which the usual one at an equal rate, if it is there, is run too
   */
  Section run(List<RuleVariant> rules) throws IOException, InterruptedException {
    if (!LiveRun.missing().isEmpty()) {
      return Section.of("live", "SKIPPED: the run beside Prometheus and Alertmanager", "why")
          .note("not on the PATH: " + String.join(", ", LiveRun.missing()))
          .note("Debian: apt-get install prometheus prometheus-alertmanager");
    }
    Path folder = Files.createTempDirectory("tokenwatt-bench-");
    try {
      LivePlan live =
          new LivePlan(
              plan.liveSeries(), plan.liveMinutes(), STEP, equalFactor(rules), plan.seed());
      return new LiveRun(live, detector, fleet, err).run(folder);
    } finally {
      remove(folder);
    }
  }

  private static double equalFactor(List<RuleVariant> rules) {
    return rules.stream()
        .filter(rule -> rule.name().equals(RuleVariant.USUAL.name() + QuietBench.EQUAL_RATE))
        .mapToDouble(RuleVariant::factor)
        .filter(Double::isFinite)
        .findFirst()
        .orElse(0);
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
