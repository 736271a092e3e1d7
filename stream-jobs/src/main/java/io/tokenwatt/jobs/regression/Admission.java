package io.tokenwatt.jobs.regression;

import static io.tokenwatt.model.CellMeasure.EXPECTED_MS;
import static io.tokenwatt.model.CellMeasure.GPU_MJ;
import static io.tokenwatt.model.CellMeasure.GPU_MJ_DOUBTED;
import static io.tokenwatt.model.CellMeasure.GPU_MJ_MEASURED;
import static io.tokenwatt.model.CellMeasure.GPU_MS;
import static io.tokenwatt.model.CellMeasure.LOAD_OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.MEMBERS_MISSING_MS;
import static io.tokenwatt.model.CellMeasure.OBSERVED_MS;
import static io.tokenwatt.model.CellMeasure.OUTPUT_TOKENS;
import static io.tokenwatt.model.CellMeasure.OUTPUT_TOKENS_METERED;
import static io.tokenwatt.model.CellMeasure.RUNNING_MS;
import static io.tokenwatt.model.CellMeasure.TOKENS_EXPECTED_MS;
import static io.tokenwatt.model.CellMeasure.TOKENS_OBSERVED_MS;

import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Quality;
import java.util.Optional;

/** Which windows of a measure are fit to be judged, and why the others are not. */
final class Admission {
  /** With so many nodes one node's flag moves the sum less than the noise does. */
  private static final long MANY_NODES = 8;

  private static final int DISTURBED =
      Quality.GAP.bit()
          | Quality.RESET.bit()
          | Quality.CLOCK_SKEW.bit()
          | Quality.MISSING_MEMBERS.bit();
  private static final int DOUBTED =
      Quality.COUNTER_VS_POWER_MISMATCH.bit()
          | Quality.POWER_OVER_LIMIT.bit()
          | Quality.EFFICIENCY_JUMP.bit();

  /** The same tolerance as that of view {@code efficiency}. */
  private static final double DOUBTED_SHARE = 0.05;

  private static final double MISSING_SHARE = 0.1;
  private static final double LEAST_RUNNING = 0.25;

  private final Tuning tuning;

  Admission(Tuning tuning) {
    this.tuning = tuning;
  }

  /** Empty: fit to be judged. */
  Optional<Outcome> refusal(Measure measure, SeriesWindow w) {
    if (!measure.applies(w)) {
      return Optional.of(Outcome.UNKNOWN_MEASURE);
    }
    if (w.nodes() < MANY_NODES && (w.quality() & DISTURBED) != 0
        || w.amount(MEMBERS_MISSING_MS) > MISSING_SHARE * w.amount(GPU_MS)) {
      return Optional.of(Outcome.BAD_QUALITY);
    }
    if (!covered(w, TOKENS_OBSERVED_MS, TOKENS_EXPECTED_MS) || !boards(measure, w)) {
      return Optional.of(Outcome.LOW_COVERAGE);
    }
    if (measure.energy()) {
      Optional<Outcome> energy = energy(w);
      if (energy.isPresent()) {
        return energy;
      }
    }
    if (!covered(w, LOAD_OBSERVED_MS, TOKENS_EXPECTED_MS)) {
      return Optional.of(Outcome.NO_LOAD_READING);
    }
    return measure.of(w).isEmpty()
            || measure.denominator(w) < tuning.leastTokens()
            || w.amount(RUNNING_MS) < LEAST_RUNNING * w.amount(LOAD_OBSERVED_MS)
        ? Optional.of(Outcome.LOW_TRAFFIC)
        : Optional.empty();
  }

  private boolean boards(Measure measure, SeriesWindow w) {
    return measure.latency() || covered(w, measure.energy() ? OBSERVED_MS : GPU_MS, EXPECTED_MS);
  }

  private Optional<Outcome> energy(SeriesWindow w) {
    if (w.amount(GPU_MJ_DOUBTED) > DOUBTED_SHARE * w.amount(GPU_MJ)
        || w.nodes() < MANY_NODES && (w.quality() & DOUBTED) != 0) {
      return Optional.of(Outcome.DOUBTED_ENERGY);
    }
    if (w.amount(GPU_MJ_MEASURED) < tuning.leastMeasuredShare() * w.amount(GPU_MJ)) {
      return Optional.of(Outcome.LOW_MEASURED_SHARE);
    }
    return w.amount(OUTPUT_TOKENS_METERED) < tuning.leastCoverage() * w.amount(OUTPUT_TOKENS)
        ? Optional.of(Outcome.UNPAIRED)
        : Optional.empty();
  }

  /** Of an unknown whole no part is known to be missing; other checks refuse empty windows. */
  private boolean covered(SeriesWindow w, CellMeasure observed, CellMeasure expected) {
    return w.amount(observed) > 0
        && w.amount(observed) >= tuning.leastCoverage() * w.amount(expected);
  }
}
