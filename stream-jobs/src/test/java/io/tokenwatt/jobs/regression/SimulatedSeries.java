package io.tokenwatt.jobs.regression;

import static io.tokenwatt.model.CellMeasure.EXPECTED_MS;
import static io.tokenwatt.model.CellMeasure.GPU_MJ;
import static io.tokenwatt.model.CellMeasure.GPU_MJ_MEASURED;
import static io.tokenwatt.model.CellMeasure.GPU_MJ_METERED;
import static io.tokenwatt.model.CellMeasure.GPU_MS;
import static io.tokenwatt.model.CellMeasure.KV_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.KV_USED_PPM_MS;
import static io.tokenwatt.model.CellMeasure.LOAD_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.OUTPUT_TOKENS;
import static io.tokenwatt.model.CellMeasure.OUTPUT_TOKENS_METERED;
import static io.tokenwatt.model.CellMeasure.PROMPT_COMPUTED_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.PROMPT_TOKENS_COMPUTED;
import static io.tokenwatt.model.CellMeasure.RUNNING_MS;
import static io.tokenwatt.model.CellMeasure.TOKENS_EXPECTED_MS;
import static io.tokenwatt.model.CellMeasure.TOKENS_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.WAITING_MS;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Window;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A series by simple physics: steps that take longer the more is in the batch and in its context,
 * power that rises with the work, prompts on top; load follows the hour of the day, noise has a
 * correlation. What a regression does is set by the three factors. Not thread-safe.
 */
final class SimulatedSeries {
  static final Series SERIES = new Series("eu", "H100", "llama", "fp8", "both", "chat");
  static final long DAY = 8_640;

  final SplittableRandom random;
  final double sigma;
  final double phi;

  /** Greatest load of a day over the least. */
  double swing = 10;

  double meanRunning = 24;
  double promptShare = 3;
  double context = 1_500;
  double factorJoules = 1;
  double factorTime = 1;
  double loadFactor = 1;

  /** Most requests in an engine's batch; the others wait. */
  double batchLimit = 1e9;

  int nodes = 4;
  String deployment = "v1";

  /** Degrees of freedom of the noise; 0 = normal. */
  int tails;

  private final double[] noise = new double[3];
  private double loadNoise;
  private double promptNoise;
  private double contextNoise;
  private long window = 1_000_000;

  SimulatedSeries(long seed, double sigma, double phi) {
    this.random = new SplittableRandom(seed);
    this.sigma = sigma;
    this.phi = phi;
  }

  long nextMs() {
    return window * Window.SIZE_MS;
  }

  /** Nothing is seen for so many windows. */
  void skip(long windows) {
    window += windows;
  }

  SeriesWindow next() {
    double day = 2 * Math.PI * (window % DAY) / DAY;
    loadNoise = 0.95 * loadNoise + 0.05 * random.nextGaussian();
    promptNoise = 0.8 * promptNoise + 0.12 * random.nextGaussian();
    contextNoise = 0.97 * contextNoise + 0.02 * random.nextGaussian();
    // A slower engine has more in its batch: load is what is asked for times how long it takes.
    double asked =
        meanRunning
            * loadFactor
            * factorTime
            * Math.exp(Math.log(swing) / 2 * -Math.cos(day) + loadNoise);
    double running = Math.min(batchLimit, asked);
    double prompt = promptShare * Math.exp(promptNoise);
    double tokensHeld = context * Math.exp(contextNoise) * running;
    double step = 0.012 + 0.00008 * running + 2e-8 * tokensHeld;
    double common = 0.7 * gauss();
    for (int i = 0; i < noise.length; i++) {
      double fresh = common + Math.sqrt(1 - 0.49) * gauss();
      noise[i] = phi * noise[i] + Math.sqrt(1 - phi * phi) * sigma * fresh;
    }
    double perToken = step / running + 0.00003 * prompt;
    double watts = 250 + 400 * running / (running + 30);
    double itl = step * (1 + 0.02 * prompt) * factorTime * Math.exp(noise[2]);
    double gpuSeconds = perToken * factorTime * Math.exp(noise[1]);
    double joules = perToken * watts * factorJoules * Math.exp(noise[0]);
    return window(running, asked - running, prompt, tokensHeld, joules, gpuSeconds, itl);
  }

  /** Unit variance, heavy-tailed on demand. */
  private double gauss() {
    double normal = random.nextGaussian();
    if (tails == 0) {
      return normal;
    }
    double chi = 0;
    for (int i = 0; i < tails; i++) {
      double g = random.nextGaussian();
      chi += g * g;
    }
    return normal / Math.sqrt(chi / tails) * Math.sqrt((tails - 2.0) / tails);
  }

  private SeriesWindow window(
      double running,
      double waiting,
      double prompt,
      double held,
      double joules,
      double gpuSeconds,
      double itl) {
    long[] a = new long[CellMeasure.values().length];
    long ms = nodes * Window.SIZE_MS;
    double tokens = ms / 1e3 / gpuSeconds;
    for (CellMeasure m :
        new CellMeasure[] {
          EXPECTED_MS,
          OBSERVED_MS,
          GPU_MS,
          TOKENS_EXPECTED_MS,
          TOKENS_OBSERVED_MS,
          LOAD_OBSERVED_MS,
          KV_OBSERVED_MS,
          PROMPT_COMPUTED_OBSERVED_MS
        }) {
      a[m.ordinal()] = ms;
    }
    a[OUTPUT_TOKENS.ordinal()] = Math.round(tokens);
    a[OUTPUT_TOKENS_METERED.ordinal()] = Math.round(tokens);
    a[PROMPT_TOKENS_COMPUTED.ordinal()] = Math.round(tokens * prompt);
    a[RUNNING_MS.ordinal()] = Math.round(running * ms);
    a[WAITING_MS.ordinal()] = Math.round(waiting * ms);
    a[KV_USED_PPM_MS.ordinal()] = Math.round(Math.min(1, held / 4_000_000) * 1e6 * ms);
    a[GPU_MJ.ordinal()] = Math.round(joules * tokens * 1e3);
    a[GPU_MJ_METERED.ordinal()] = a[GPU_MJ.ordinal()];
    a[GPU_MJ_MEASURED.ordinal()] = a[GPU_MJ.ordinal()];
    TreeSet<String> deployments = new TreeSet<>();
    deployments.add(deployment);
    return new SeriesWindow(
        window++ * Window.SIZE_MS,
        deployments,
        a,
        Map.of("itl", new LatencySum(Math.round(tokens), Math.round(tokens * itl * 1e6))),
        0,
        0,
        nodes);
  }
}
