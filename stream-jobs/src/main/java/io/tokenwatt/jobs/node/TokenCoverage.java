package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.meter.Increment;
import io.tokenwatt.jobs.meter.Proration;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.proto.EngineMetric;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Over which time which kinds of an engine's tokens are known, so that a ratio's two sides cover
 * the same; and the prompt tokens that were computed, which some engines count and others let one
 * derive.
 */
final class TokenCoverage {
  /** Kinds that many engines do not count: their zero is known only where this time is. */
  private static final Map<EngineMetric, CellMeasure> KNOWN =
      Map.of(
          EngineMetric.ENGINE_PROMPT_TOKENS_CACHED, CellMeasure.PROMPT_CACHED_OBSERVED_MS,
          EngineMetric.ENGINE_PROMPT_TOKENS_TRANSFERRED, CellMeasure.PROMPT_TRANSFERRED_OBSERVED_MS,
          EngineMetric.ENGINE_REASONING_TOKENS, CellMeasure.REASONING_OBSERVED_MS);

  private final WindowBook book;

  TokenCoverage(WindowBook book) {
    this.book = book;
  }

  void read(EngineFacts.Context c, Map<Integer, Increment> increments) {
    computed(c, increments);
    KNOWN.forEach((metric, measure) -> known(c, increments.get(metric.getNumber()), measure));
    observed(c, increments);
  }

  /**
   * Computed prompt tokens: the engine's local-compute counter, else prompt - cached, else, at an
   * engine that only reads prompts, all of them; else unknown.
   */
  private void computed(EngineFacts.Context c, Map<Integer, Increment> increments) {
    Increment own = increments.get(EngineMetric.ENGINE_PROMPT_TOKENS_COMPUTED_VALUE);
    Increment prompt = increments.get(EngineMetric.ENGINE_PROMPT_TOKENS_VALUE);
    Increment cached = increments.get(EngineMetric.ENGINE_PROMPT_TOKENS_CACHED_VALUE);
    OptionalLong computed = RoleTokens.computed(c.cell().role(), increments);
    if (computed.isPresent()) {
      spreadComputed(c, own != null ? own : prompt, computed.getAsLong());
    } else if (prompt != null && cached == null && c.promptOnly()) {
      spreadComputed(c, prompt, prompt.amount());
    }
  }

  private void spreadComputed(EngineFacts.Context c, Increment interval, long amount) {
    if (interval.isBridged()) {
      return;
    }
    Proration.perWindow(
        amount,
        interval.fromMs(),
        interval.toMs(),
        (w, from, to, part) -> {
          WindowState.CellState cell = book.cell(w, c.cell());
          cell.amounts[CellMeasure.PROMPT_TOKENS_COMPUTED.ordinal()] += part;
          cell.amounts[CellMeasure.PROMPT_COMPUTED_OBSERVED_MS.ordinal()] += to - from;
          cell.pair.promptComputed += part;
          EngineFacts.engine(book, w, c.series())
                  .amounts[EngineMeasure.PROMPT_TOKENS_COMPUTED.ordinal()] +=
              part;
        });
  }

  private void known(EngineFacts.Context c, Increment tokens, CellMeasure measure) {
    if (tokens != null && !tokens.isBridged()) {
      new Interval(tokens.fromMs(), tokens.toMs())
          .perWindow(
              (w, from, to) -> book.cell(w, c.cell()).amounts[measure.ordinal()] += to - from);
    }
  }

  /**
   * Marks the time over which tokens are known: by the output counter, by the prompt counter for
   * embedders.
   */
  private void observed(EngineFacts.Context c, Map<Integer, Increment> increments) {
    Increment output = increments.get(EngineMetric.ENGINE_OUTPUT_TOKENS_VALUE);
    Increment prompt = increments.get(EngineMetric.ENGINE_PROMPT_TOKENS_VALUE);
    Increment tokens = output == null || c.promptOnly() && prompt != null ? prompt : output;
    if (tokens == null || tokens.isBridged()) {
      return;
    }
    int flags = c.flags() | (tokens.reset() ? Quality.RESET.bit() : 0);
    new Interval(tokens.fromMs(), tokens.toMs())
        .perWindow(
            (w, from, to) -> {
              long ms = to - from;
              WindowState.CellState cell = book.cell(w, c.cell());
              cell.amounts[CellMeasure.TOKENS_OBSERVED_MS.ordinal()] += ms;
              if (c.promptOnly()) {
                cell.amounts[CellMeasure.TOKENS_PROMPT_ONLY_MS.ordinal()] += ms;
              } else if (c.atFinish()) {
                cell.amounts[CellMeasure.TOKENS_AT_FINISH_MS.ordinal()] += ms;
                cell.pair.atFinish = true;
              }
              cell.pair.tokenMs.merge(c.key(), ms, Long::sum);
              cell.quality |= flags;
              cell.intervals++;
              WindowState.EngineState engine = EngineFacts.engine(book, w, c.series());
              engine.amounts[EngineMeasure.OBSERVED_MS.ordinal()] += ms;
              engine.quality |= flags;
              engine.intervals++;
            });
  }

  /**
   * How long the requests ran whose tokens were credited at their end: additive, so that the mean
   * of any group is a ratio of sums.
   */
  void endedAtFinish(EngineFacts.Context c, HistogramMetering.Growth growth) {
    boolean gap = growth.toMs() - growth.fromMs() > TimeModel.MAX_GAP_MS;
    if (!growth.measure().equals("e2e") || gap) {
      return;
    }
    spread(c, CellMeasure.AT_FINISH_REQUESTS, Arrays.stream(growth.counts()).sum(), growth);
    spread(c, CellMeasure.AT_FINISH_E2E_US, growth.sumUs(), growth);
  }

  private void spread(
      EngineFacts.Context c, CellMeasure measure, long amount, HistogramMetering.Growth over) {
    Proration.perWindow(
        amount,
        over.fromMs(),
        over.toMs(),
        (w, from, to, part) -> book.cell(w, c.cell()).amounts[measure.ordinal()] += part);
  }
}
