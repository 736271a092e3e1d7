package io.tokenwatt.quickstart.bench.workload;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws series as a fleet would have them: small and large, calm and noisy, all with the same swing
 * of the day.
 *
 * @param swing peak over trough of the day
 * @param sigmas standard deviations of energy noise per 10 s window to draw from
 */
public record FleetPlans(List<Trace> traces, double swing, List<Double> sigmas) {
  private static final String[] REGIONS = {"eu-west", "us-east", "ap-south", "us-west"};

  /** The judged workload: 10x swing; noise of 0.5, 1, 1.5 or 2 % per window, phi 0.3 to 0.8. */
  public static FleetPlans judged(List<Trace> traces) {
    return new FleetPlans(traces, 10, List.of(0.005, 0.01, 0.015, 0.02));
  }

  /** The same fleet with noise of one strength. */
  public FleetPlans withSigma(double sigma) {
    return new FleetPlans(traces, swing, List.of(sigma));
  }

  public SeriesPlan draw(SplittableRandom random) {
    Machine machine = Machine.KINDS[random.nextInt(Machine.KINDS.length)];
    Trace trace = traces.get(random.nextInt(traces.size()));
    int engines = 1 << random.nextInt(7);
    double cached = 0.6 * random.nextDouble();
    double sigma = sigmas.get(random.nextInt(sigmas.size()));
    double phi = 0.3 + 0.5 * random.nextDouble();
    boolean heavy = random.nextInt(3) == 0;
    return new SeriesPlan(
        REGIONS[random.nextInt(REGIONS.length)],
        "workload-" + random.nextInt(1_000),
        machine,
        engines,
        trace,
        1 + random.nextInt(4),
        engines * peakPerEngine(machine, trace, cached, random),
        swing,
        24 * random.nextDouble(),
        cached,
        new NoisePlan(sigma, phi, heavy),
        new NoisePlan(sigma / 2, phi, heavy),
        0.005 * random.nextDouble());
  }

  /**
   * Requests per second that bring an engine to a drawn batch at the busiest hour, or to half its
   * time spent on prompts, whichever comes first.
   */
  private static double peakPerEngine(
      Machine machine, Trace trace, double cached, SplittableRandom random) {
    LengthMoments lengths = trace.moments(trace.slots() / 2);
    double batch = 8 + 72 * random.nextDouble();
    double byBatch = batch / (lengths.outputMean() * machine.stepSeconds(batch, 0.2, 0.2));
    double byPrompts =
        (0.2 + 0.25 * random.nextDouble())
            * machine.prefillTokensPerSecond()
            / (lengths.promptMean() * (1 - cached));
    return Math.min(byBatch, byPrompts);
  }
}
