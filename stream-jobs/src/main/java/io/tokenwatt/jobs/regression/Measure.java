package io.tokenwatt.jobs.regression;

import static io.tokenwatt.model.CellMeasure.GPU_MJ_METERED;
import static io.tokenwatt.model.CellMeasure.GPU_MJ_ROLE_METERED;
import static io.tokenwatt.model.CellMeasure.GPU_MS;
import static io.tokenwatt.model.CellMeasure.OUTPUT_TOKENS;
import static io.tokenwatt.model.CellMeasure.OUTPUT_TOKENS_METERED;
import static io.tokenwatt.model.CellMeasure.PROMPT_TOKENS_COMPUTED;
import static io.tokenwatt.model.CellMeasure.PROMPT_TOKENS_COMPUTED_METERED;
import static io.tokenwatt.model.CellMeasure.PROMPT_TOKENS_COMPUTED_ROLE_METERED;
import static io.tokenwatt.model.CellMeasure.SPANNING_GPU_MS;
import static io.tokenwatt.model.CellMeasure.SPANNING_GPU_MS_BEHIND;
import static io.tokenwatt.model.CellMeasure.TOKENS_PROMPT_ONLY_MS;

import java.util.OptionalDouble;

/**
 * What may get worse: amounts of which less is better, each one ratio of sums over a window, as
 * view {@code efficiency} forms them.
 *
 * <p>TTFT is not among them: it is mostly queueing, a consequence of load or of what these measures
 * show, and says nothing of efficiency.
 */
public enum Measure {
  /** Energy of all boards behind the tokens, prefill servers' included; J. */
  JOULES_PER_OUTPUT_TOKEN("joules_per_output_token", -0.4, 0.25) {
    @Override
    double numerator(SeriesWindow w) {
      return w.amount(GPU_MJ_METERED) / 1e3;
    }

    @Override
    double denominator(SeriesWindow w) {
      return prompts(w) ? 0 : w.amount(OUTPUT_TOKENS_METERED);
    }
  },
  /** Time of all boards behind the tokens, idle included; s. */
  GPU_SECONDS_PER_OUTPUT_TOKEN("gpu_seconds_per_output_token", -0.5, 0.25) {
    @Override
    double numerator(SeriesWindow w) {
      return (w.amount(GPU_MS) - w.amount(SPANNING_GPU_MS) + w.amount(SPANNING_GPU_MS_BEHIND))
          / 1e3;
    }

    @Override
    double denominator(SeriesWindow w) {
      return prompts(w) ? 0 : w.amount(OUTPUT_TOKENS);
    }
  },
  /** Mean time between two tokens of a request, by the engine; s. Per step if it speculates. */
  ITL_SECONDS("itl_engine_s", 0.12, 0.15) {
    @Override
    double numerator(SeriesWindow w) {
      return w.latency("itl").sumUs() / 1e6;
    }

    @Override
    double denominator(SeriesWindow w) {
      return w.latency("itl").count();
    }
  },
  /** Of prefill servers and embedders; J. */
  JOULES_PER_PROMPT_TOKEN("joules_per_computed_prompt_token", -0.35, 0.3) {
    @Override
    double numerator(SeriesWindow w) {
      return (prefills(w) ? w.amount(GPU_MJ_ROLE_METERED) : w.amount(GPU_MJ_METERED)) / 1e3;
    }

    @Override
    double denominator(SeriesWindow w) {
      return prefills(w)
          ? w.amount(PROMPT_TOKENS_COMPUTED_ROLE_METERED)
          : prompts(w) ? w.amount(PROMPT_TOKENS_COMPUTED_METERED) : 0;
    }
  },
  /** Of prefill servers and embedders; s. */
  GPU_SECONDS_PER_PROMPT_TOKEN("gpu_seconds_per_computed_prompt_token", -0.5, 0.3) {
    @Override
    double numerator(SeriesWindow w) {
      return w.amount(GPU_MS) / 1e3;
    }

    @Override
    double denominator(SeriesWindow w) {
      return prefills(w) || prompts(w) ? w.amount(PROMPT_TOKENS_COMPUTED) : 0;
    }
  },
  /**
   * As {@link #ITL_SECONDS}, but expected for the tokens per second that are asked of an engine,
   * not for the requests that run. At equal demand a slower engine runs more requests at once, up
   * to numbers never seen, and would explain itself by them; it cannot by its tokens.
   */
  ITL_AT_RATE_SECONDS("itl_engine_s_at_token_rate", 0.12, 0.25) {
    @Override
    double numerator(SeriesWindow w) {
      return ITL_SECONDS.numerator(w);
    }

    @Override
    double denominator(SeriesWindow w) {
      return ITL_SECONDS.denominator(w);
    }
  };

  private final String column;
  private final double slope;
  private final double slopeSd;

  Measure(String column, double slope, double slopeSd) {
    this.column = column;
    this.slope = slope;
    this.slopeSd = slopeSd;
  }

  /**
   * By how much log measure changes when the load doubles, for engines in general: what is expected
   * at loads never seen.
   */
  double slope() {
    return slope;
  }

  /** How far engines differ in it. */
  double slopeSd() {
    return slopeSd;
  }

  /** As tables and messages name it. */
  public String column() {
    return column;
  }

  /** It is a time that engines measure, whatever their boards show. */
  boolean latency() {
    return this == ITL_SECONDS || this == ITL_AT_RATE_SECONDS;
  }

  /** What people are told of; the other is a witness of a sort, {@link PileUp}. */
  boolean told() {
    return this != ITL_AT_RATE_SECONDS;
  }

  /** Its numerator is energy. */
  boolean energy() {
    return this == JOULES_PER_OUTPUT_TOKEN || this == JOULES_PER_PROMPT_TOKEN;
  }

  /** Engines of this kind have the measure. */
  boolean applies(SeriesWindow w) {
    return switch (this) {
      case JOULES_PER_OUTPUT_TOKEN, GPU_SECONDS_PER_OUTPUT_TOKEN -> !prompts(w) && !prefills(w);
      case ITL_SECONDS, ITL_AT_RATE_SECONDS -> denominator(w) > 0;
      case JOULES_PER_PROMPT_TOKEN, GPU_SECONDS_PER_PROMPT_TOKEN -> prompts(w) || prefills(w);
    };
  }

  /** A sum over the window, in the unit of the measure times that of the denominator. */
  abstract double numerator(SeriesWindow w);

  /** Tokens or observations; 0 where the measure does not exist or was not read. */
  abstract double denominator(SeriesWindow w);

  /** The measure in this window, empty where it is unknown. */
  public OptionalDouble of(SeriesWindow w) {
    double numerator = numerator(w);
    double denominator = denominator(w);
    return numerator > 0 && denominator > 0
        ? OptionalDouble.of(numerator / denominator)
        : OptionalDouble.empty();
  }

  /** Engines that generate nothing. */
  private static boolean prompts(SeriesWindow w) {
    return w.amount(TOKENS_PROMPT_ONLY_MS) > 0;
  }

  /** Servers that hand their prompts on: their first tokens are not output. */
  private static boolean prefills(SeriesWindow w) {
    return w.amount(OUTPUT_TOKENS) == 0 && w.amount(PROMPT_TOKENS_COMPUTED_ROLE_METERED) > 0;
  }
}
