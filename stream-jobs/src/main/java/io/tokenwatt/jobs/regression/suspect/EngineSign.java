package io.tokenwatt.jobs.regression.suspect;

import static io.tokenwatt.model.EngineMeasure.ACCEPTED_TOKENS;
import static io.tokenwatt.model.EngineMeasure.DRAFT_TOKENS;
import static io.tokenwatt.model.EngineMeasure.KV_OBSERVED_MS;
import static io.tokenwatt.model.EngineMeasure.KV_USED_PPM_MS;
import static io.tokenwatt.model.EngineMeasure.LOAD_OBSERVED_MS;
import static io.tokenwatt.model.EngineMeasure.OBSERVED_MS;
import static io.tokenwatt.model.EngineMeasure.OUTPUT_TOKENS;
import static io.tokenwatt.model.EngineMeasure.PREEMPTIONS;
import static io.tokenwatt.model.EngineMeasure.PROMPT_TOKENS;
import static io.tokenwatt.model.EngineMeasure.PROMPT_TOKENS_CACHED;
import static io.tokenwatt.model.EngineMeasure.REQUESTS_FINISHED;
import static io.tokenwatt.model.EngineMeasure.RUNNING_MS;
import static io.tokenwatt.model.EngineMeasure.WAITING_MS;

import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.fact.EngineRow;
import java.util.List;

/**
 * What an engine, or several added up, shows, each as a ratio of two sums. Constants are only ever
 * added at the end.
 */
enum EngineSign {
  /** Requests in the batch. */
  RUNNING(RUNNING_MS, LOAD_OBSERVED_MS, 1, 0.2),
  WAITING(WAITING_MS, LOAD_OBSERVED_MS, 1, 0.5),
  KV_USED(KV_USED_PPM_MS, KV_OBSERVED_MS, 1e-6, 0.01),
  /** Per minute. */
  PREEMPTED(PREEMPTIONS, OBSERVED_MS, 60_000, 0.5),
  PROMPT_PER_REQUEST(PROMPT_TOKENS, REQUESTS_FINISHED, 1, 5),
  OUTPUT_PER_REQUEST(OUTPUT_TOKENS, REQUESTS_FINISHED, 1, 3),
  CACHED_SHARE(PROMPT_TOKENS_CACHED, PROMPT_TOKENS, 1, 0.01),
  /** Milliseconds that a request is in the batch per token: Little's law. */
  MS_PER_TOKEN(RUNNING_MS, OUTPUT_TOKENS, 1, 0.1),
  /** Output tokens per second. */
  TOKEN_RATE(OUTPUT_TOKENS, OBSERVED_MS, 1000, 0.5),
  ACCEPTED_SHARE(ACCEPTED_TOKENS, DRAFT_TOKENS, 1, 0.02),
  /** Prompt tokens per second. */
  PROMPT_RATE(PROMPT_TOKENS, OBSERVED_MS, 1000, 5);

  /** What is kept of a row, in this order. */
  private static final class Columns {
    static final List<EngineMeasure> ALL =
        List.of(
            OBSERVED_MS,
            OUTPUT_TOKENS,
            PROMPT_TOKENS,
            PROMPT_TOKENS_CACHED,
            REQUESTS_FINISHED,
            LOAD_OBSERVED_MS,
            RUNNING_MS,
            WAITING_MS,
            KV_OBSERVED_MS,
            KV_USED_PPM_MS,
            PREEMPTIONS,
            DRAFT_TOKENS,
            ACCEPTED_TOKENS);
  }

  static final int COUNT = Columns.ALL.size();

  private final int value;
  private final int over;
  final double scale;
  final double least;

  EngineSign(EngineMeasure value, EngineMeasure over, double scale, double least) {
    this.value = Columns.ALL.indexOf(value);
    this.over = Columns.ALL.indexOf(over);
    this.scale = scale;
    this.least = least;
  }

  static float[] sums(EngineRow row) {
    float[] sums = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      sums[i] = row.amounts()[Columns.ALL.get(i).ordinal()];
    }
    return sums;
  }

  /** NaN = not observed. */
  double of(float[] sums) {
    return sums[over] > 0 ? scale * sums[value] / sums[over] : Double.NaN;
  }
}
