package io.tokenwatt.jobs.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Sampling alone must not make a board look broken: real wall power at 1 Hz (MLPerf) is the truth
 * that a counter shows, and every k-th reading is what its gauge shows.
 */
class SamplingErrorTest {
  @Test
  void noPhaseOfAnySpacingThatIsComparedContradictsItsCounter() throws IOException {
    List<long[]> traces = traces();
    for (int every = 1; every <= CounterCheck.MAX_SPACING_MS / 1000; every++) {
      double worst = 0;
      int compared = 0;
      for (long[] milliwatts : traces) {
        for (int phase = 0; phase < every; phase++) {
          for (CounterCheck.Verdict v : verdicts(milliwatts, every, phase)) {
            assertThat(v.contradicts()).as("every %d s, phase %d: %s", every, phase, v).isFalse();
            worst = Math.max(worst, Math.abs((double) v.powerMj() / v.counterMj() - 1));
            compared++;
          }
        }
      }
      System.out.printf(
          "a reading every %2d s: worst of %5d %.2f %%%n", every, compared, 100 * worst);
      assertThat(compared).isGreaterThan(20);
    }
  }

  private static List<CounterCheck.Verdict> verdicts(long[] milliwatts, int every, int phase) {
    CounterCheck check = new CounterCheck(new CounterCheckState());
    List<CounterCheck.Verdict> verdicts = new ArrayList<>();
    long mj = 0;
    for (int s = 0; s < milliwatts.length; s++) {
      mj += milliwatts[s];
      if (s % every == phase) {
        check
            .read(
                OptionalLong.of(mj), OptionalLong.of(milliwatts[s]), 1_700_000_000_000L + 1000L * s)
            .ifPresent(verdicts::add);
      }
    }
    return verdicts;
  }

  private static List<long[]> traces() throws IOException {
    Path corpus =
        Path.of(System.getProperty("tokenwatt.root", ".."))
            .resolve("../shared/corpus/traces/mlperf_power");
    Assumptions.assumeTrue(Files.exists(corpus), "no corpus here: mlperf_power");
    try (Stream<Path> files = Files.walk(corpus)) {
      List<long[]> traces = new ArrayList<>();
      for (Path file : files.filter(f -> f.endsWith("spl.txt")).sorted().toList()) {
        traces.add(
            Files.readAllLines(file).stream()
                .filter(line -> line.startsWith("Time"))
                .mapToLong(line -> Math.round(Double.parseDouble(line.split(",")[3]) * 1000))
                .filter(mw -> mw > 0)
                .toArray());
      }
      return traces;
    }
  }
}
