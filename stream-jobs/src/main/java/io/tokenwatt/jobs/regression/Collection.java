package io.tokenwatt.jobs.regression;

import static io.tokenwatt.model.CellMeasure.AT_FINISH_E2E_US;
import static io.tokenwatt.model.CellMeasure.AT_FINISH_REQUESTS;
import static io.tokenwatt.model.CellMeasure.KV_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.KV_USED_PPM_MS;
import static io.tokenwatt.model.CellMeasure.LOAD_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.OUTPUT_TOKENS;
import static io.tokenwatt.model.CellMeasure.PROMPT_COMPUTED_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.PROMPT_TOKENS_COMPUTED;
import static io.tokenwatt.model.CellMeasure.RUNNING_MS;
import static io.tokenwatt.model.CellMeasure.TOKENS_AT_FINISH_MS;
import static io.tokenwatt.model.CellMeasure.TOKENS_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.WAITING_MS;

import io.tokenwatt.model.Window;
import java.util.Optional;

/**
 * Adds windows up to the length over which a measure holds: 10 s, or a minute or five where energy
 * is refreshed more slowly (dcgm-exporter's default is 30 s) or tokens are credited when requests
 * end. Such longer windows lie on multiples of their length and need 5 of 6 of their parts.
 */
final class Collection {
  private static final long MINUTE_MS = 60_000;
  private static final long LONGEST_MS = 300_000;
  private static final double LEAST_PARTS = 5.0 / 6;

  /** Tokens per ms times this are requests, as many as curves are made for. */
  private static final double USUAL_ITL_MS = 30;

  private static final double FULL = 0.85;
  private static final double SHORT_QUEUE = 1;
  private static final double LONG_QUEUE = 3;
  private static final double LEAST_BATCH = 4;

  private static final int NUMERATOR = 0;
  private static final int DENOMINATOR = 1;
  private static final int LOAD_MS = 2;
  private static final int RUNNING = 3;
  private static final int WAITING = 4;
  private static final int KV_MS = 5;
  private static final int KV = 6;
  private static final int PROMPT = 7;
  private static final int OUTPUT = 8;
  private static final int TOKENS_MS = 9;
  private static final int PROMPT_MS = 10;
  private static final int NODES = 11;
  private static final int SIZE = 12;

  private final Measure measure;
  private final MeasureState s;

  Collection(Measure measure, MeasureState state) {
    this.measure = measure;
    this.s = state;
  }

  /** The window length that the measure needs now, ms; 0 = longer than any. */
  long length(SeriesWindow w) {
    long length = measure.energy() ? forPeriod(w.sourcePeriodMs()) : Window.SIZE_MS;
    if (measure == Measure.ITL_SECONDS || w.amount(TOKENS_AT_FINISH_MS) == 0 || length == 0) {
      return length;
    }
    long requests = w.amount(AT_FINISH_REQUESTS);
    if (requests == 0) {
      return Math.max(MINUTE_MS, Math.max(s.lengthMs, length));
    }
    // As view efficiency: ten times the mean request.
    double need = 10.0 * w.amount(AT_FINISH_E2E_US) / 1e3 / requests;
    return need > LONGEST_MS ? 0 : need > MINUTE_MS ? LONGEST_MS : Math.max(MINUTE_MS, length);
  }

  private static long forPeriod(long periodMs) {
    return periodMs <= Window.SIZE_MS
        ? Window.SIZE_MS
        : periodMs <= MINUTE_MS / 2 ? MINUTE_MS : periodMs <= LONGEST_MS / 2 ? LONGEST_MS : 0;
  }

  /** The longer window that this one completes, if it does. */
  Optional<Observation> add(SeriesWindow w) {
    long start = Math.floorDiv(w.windowStartMs(), s.lengthMs) * s.lengthMs;
    if (s.collected == null || s.collectedMs != start) {
      s.collected = new double[SIZE];
      s.collectedMs = start;
      s.collectedWindows = 0;
    }
    double[] c = s.collected;
    c[NUMERATOR] += measure.numerator(w);
    c[DENOMINATOR] += measure.denominator(w);
    c[LOAD_MS] += w.amount(LOAD_OBSERVED_MS);
    c[RUNNING] += w.amount(RUNNING_MS);
    c[WAITING] += w.amount(WAITING_MS);
    c[KV_MS] += w.amount(KV_OBSERVED_MS);
    c[KV] += w.amount(KV_USED_PPM_MS) / 1e6;
    c[PROMPT] += w.amount(PROMPT_TOKENS_COMPUTED);
    c[OUTPUT] += w.amount(OUTPUT_TOKENS);
    c[TOKENS_MS] += w.amount(TOKENS_OBSERVED_MS);
    c[PROMPT_MS] += w.amount(PROMPT_COMPUTED_OBSERVED_MS);
    c[NODES] += w.nodes();
    s.collectedWindows++;
    if (w.windowStartMs() + Window.SIZE_MS < start + s.lengthMs
        || s.collectedWindows * Window.SIZE_MS < LEAST_PARTS * s.lengthMs) {
      return Optional.empty();
    }
    Observation whole = observation(start, c, s.collectedWindows);
    s.collected = null;
    return Optional.of(whole);
  }

  private Observation observation(long start, double[] c, long windows) {
    double running = c[RUNNING] / c[LOAD_MS];
    boolean promptKnown = c[OUTPUT] > 0 && c[PROMPT_MS] >= 0.9 * c[TOKENS_MS];
    boolean contextKnown = c[KV] > 0 && c[KV_MS] >= 0.9 * c[LOAD_MS];
    return new Observation(
        start,
        start + s.lengthMs,
        Math.log(c[NUMERATOR] / c[DENOMINATOR]),
        log2(load(running, c)),
        log2(running),
        promptKnown ? c[PROMPT] / c[OUTPUT] : Double.NaN,
        contextKnown ? c[KV] / c[KV_MS] / running : Double.NaN,
        c[DENOMINATOR],
        c[NODES] / windows);
  }

  private double load(double running, double[] c) {
    return switch (measure) {
      case ITL_SECONDS -> running;
      case ITL_AT_RATE_SECONDS -> c[OUTPUT] / c[LOAD_MS] * USUAL_ITL_MS;
      default -> asked(running, c);
    };
  }

  /**
   * What is asked for, not what is let in: a smaller batch limit explains nothing away. Queues
   * shorter than the batch are prompts that take turns, a full cache is a limit that the load
   * explains, and more than an engine was ever seen to run is no better than that. (The time
   * between tokens depends on what runs alone.)
   */
  private double asked(double running, double[] c) {
    double full = c[KV_MS] > 0 ? c[KV] / c[KV_MS] : 0;
    double queue = c[WAITING] / c[LOAD_MS] / running;
    if (full > FULL || running < LEAST_BATCH || s.learned == 0) {
      return running;
    }
    double counts = Math.max(0, Math.min(1, (queue - SHORT_QUEUE) / (LONG_QUEUE - SHORT_QUEUE)));
    double most = Math.max(running, Math.pow(2, s.learnedRunning));
    return Math.min(most, running * (1 + counts * queue));
  }

  private static double log2(double value) {
    return Math.log(value) / Math.log(2);
  }
}
