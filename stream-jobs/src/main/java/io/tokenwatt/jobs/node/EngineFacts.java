package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Allocation;
import io.tokenwatt.jobs.attribution.BoardState;
import io.tokenwatt.jobs.attribution.Share;
import io.tokenwatt.jobs.meter.Increment;
import io.tokenwatt.jobs.meter.Proration;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.Quality;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.Histogram;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Lays what an engine series grew by on its cell's and its instance's windows. */
final class EngineFacts {
  /** Where the two rows keep one counter; a measure may be missing in one of them. */
  private record Columns(CellMeasure cell, EngineMeasure engine) {}

  private static final Map<EngineMetric, Columns> COUNTERS = new EnumMap<>(EngineMetric.class);

  static {
    put(EngineMetric.ENGINE_OUTPUT_TOKENS, CellMeasure.OUTPUT_TOKENS, EngineMeasure.OUTPUT_TOKENS);
    put(EngineMetric.ENGINE_PROMPT_TOKENS, CellMeasure.PROMPT_TOKENS, EngineMeasure.PROMPT_TOKENS);
    put(
        EngineMetric.ENGINE_PROMPT_TOKENS_CACHED,
        CellMeasure.PROMPT_TOKENS_CACHED,
        EngineMeasure.PROMPT_TOKENS_CACHED);
    put(
        EngineMetric.ENGINE_PROMPT_TOKENS_TRANSFERRED,
        CellMeasure.PROMPT_TOKENS_TRANSFERRED,
        EngineMeasure.PROMPT_TOKENS_TRANSFERRED);
    put(
        EngineMetric.ENGINE_REASONING_TOKENS,
        CellMeasure.REASONING_TOKENS,
        EngineMeasure.REASONING_TOKENS);
    put(
        EngineMetric.ENGINE_REQUESTS_FINISHED,
        CellMeasure.REQUESTS_FINISHED,
        EngineMeasure.REQUESTS_FINISHED);
    put(
        EngineMetric.ENGINE_REQUESTS_ABORTED,
        CellMeasure.REQUESTS_ABORTED,
        EngineMeasure.REQUESTS_ABORTED);
    put(
        EngineMetric.ENGINE_REQUESTS_FAILED,
        CellMeasure.REQUESTS_FAILED,
        EngineMeasure.REQUESTS_FAILED);
    put(EngineMetric.ENGINE_PREEMPTIONS, CellMeasure.PREEMPTIONS, EngineMeasure.PREEMPTIONS);
    put(EngineMetric.ENGINE_DRAFT_TOKENS, null, EngineMeasure.DRAFT_TOKENS);
    put(EngineMetric.ENGINE_ACCEPTED_TOKENS, null, EngineMeasure.ACCEPTED_TOKENS);
  }

  private static void put(EngineMetric metric, CellMeasure cell, EngineMeasure engine) {
    COUNTERS.put(metric, new Columns(cell, engine));
  }

  private final WindowBook book;

  EngineFacts(WindowBook book) {
    this.book = book;
  }

  /** One series in one sample: where it counts, and the time since it was last read. */
  record Context(
      String key,
      NodeState.Series series,
      Owners.Owner owner,
      Cell cell,
      Interval since,
      int flags) {}

  /** A series counts wholly for one cell. */
  static Allocation allocation(Cell cell) {
    return new Allocation(List.of(new Share(cell, BoardState.UNKNOWN, 1, 1)), 0, "");
  }

  void expected(Context c, Cell before, long untilMs) {
    long atMs = c.since.toMs();
    Expectation.seen(
        before == null ? null : allocation(before),
        c.series.seenMs,
        allocation(c.cell),
        atMs,
        untilMs,
        Expectation.cells(book, CellMeasure.TOKENS_EXPECTED_MS),
        account(book, c.series));
  }

  /** Expected time of a series: in its cell and in its instance's row. */
  static Expectation.Account account(WindowBook book, NodeState.Series series) {
    Expectation.Account cells = Expectation.cells(book, CellMeasure.TOKENS_EXPECTED_MS);
    return (window, allocation, from, to, sign) -> {
      cells.expect(window, allocation, from, to, sign);
      engine(book, window, series).amounts[EngineMeasure.EXPECTED_MS.ordinal()] +=
          sign * (to - from);
    };
  }

  void counters(Context c, Map<Integer, Increment> increments) {
    increments.forEach(
        (number, increment) -> {
          EngineMetric metric = EngineMetric.forNumber(number);
          Columns columns = COUNTERS.get(metric);
          if (columns == null) {
            return; // PROMPT_TOKENS_COMPUTED is derived below
          }
          if (increment.isBridged()) {
            bridged(c, metric, increment);
          } else {
            Proration.perWindow(
                increment.amount(),
                increment.fromMs(),
                increment.toMs(),
                (w, from, to, amount) -> add(w, c, columns, amount));
          }
        });
    computed(c, increments);
    observed(c, increments);
  }

  private void add(long window, Context c, Columns columns, long amount) {
    engine(window, c).amounts[columns.engine.ordinal()] += amount;
    if (columns.cell != null) {
      WindowState.CellState cell = book.cell(window, c.cell);
      cell.amounts[columns.cell.ordinal()] += amount;
      if (columns.cell == CellMeasure.OUTPUT_TOKENS) {
        cell.pair.outputTokens += amount;
      } else if (columns.cell == CellMeasure.REQUESTS_FINISHED) {
        cell.pair.requestsFinished += amount;
      }
    }
  }

  private void bridged(Context c, EngineMetric metric, Increment increment) {
    long window = Window.startOf(increment.toMs());
    WindowState.CellState cell = book.cell(window, c.cell);
    WindowState.EngineState engine = engine(window, c);
    cell.quality |= Quality.GAP.bit();
    engine.quality |= Quality.GAP.bit();
    if (metric == EngineMetric.ENGINE_OUTPUT_TOKENS) {
      cell.amounts[CellMeasure.OUTPUT_TOKENS_BRIDGED.ordinal()] += increment.amount();
      engine.amounts[EngineMeasure.OUTPUT_TOKENS_BRIDGED.ordinal()] += increment.amount();
    } else if (metric == EngineMetric.ENGINE_PROMPT_TOKENS) {
      cell.amounts[CellMeasure.PROMPT_TOKENS_BRIDGED.ordinal()] += increment.amount();
      engine.amounts[EngineMeasure.PROMPT_TOKENS_BRIDGED.ordinal()] += increment.amount();
    }
  }

  /**
   * Computed prompt tokens: the engine's local-compute counter, else prompt - cached, else unknown.
   */
  private void computed(Context c, Map<Integer, Increment> increments) {
    Increment own = increments.get(EngineMetric.ENGINE_PROMPT_TOKENS_COMPUTED_VALUE);
    Increment prompt = increments.get(EngineMetric.ENGINE_PROMPT_TOKENS_VALUE);
    Increment cached = increments.get(EngineMetric.ENGINE_PROMPT_TOKENS_CACHED_VALUE);
    if (own != null) {
      spreadComputed(c, own, own.amount());
    } else if (prompt != null && cached != null && prompt.fromMs() == cached.fromMs()) {
      // The two counters may be credited at slightly different times: never below zero in an
      // interval.
      spreadComputed(c, prompt, Math.max(0, prompt.amount() - cached.amount()));
    }
  }

  private void spreadComputed(Context c, Increment interval, long amount) {
    if (interval.isBridged()) {
      return;
    }
    Proration.perWindow(
        amount,
        interval.fromMs(),
        interval.toMs(),
        (w, from, to, part) -> {
          WindowState.CellState cell = book.cell(w, c.cell);
          cell.amounts[CellMeasure.PROMPT_TOKENS_COMPUTED.ordinal()] += part;
          cell.amounts[CellMeasure.PROMPT_COMPUTED_OBSERVED_MS.ordinal()] += to - from;
          cell.pair.promptComputed += part;
          engine(w, c).amounts[EngineMeasure.PROMPT_TOKENS_COMPUTED.ordinal()] += part;
        });
  }

  /**
   * Marks the time over which tokens are known: by the output counter, by the prompt counter for
   * embedders.
   */
  private void observed(Context c, Map<Integer, Increment> increments) {
    Increment tokens = increments.get(EngineMetric.ENGINE_OUTPUT_TOKENS_VALUE);
    if (tokens == null) {
      tokens = increments.get(EngineMetric.ENGINE_PROMPT_TOKENS_VALUE);
    }
    if (tokens == null || tokens.isBridged()) {
      return;
    }
    int flags = c.flags | (tokens.reset() ? Quality.RESET.bit() : 0);
    new Interval(tokens.fromMs(), tokens.toMs())
        .perWindow(
            (w, from, to) -> {
              long ms = to - from;
              WindowState.CellState cell = book.cell(w, c.cell);
              cell.amounts[CellMeasure.TOKENS_OBSERVED_MS.ordinal()] += ms;
              cell.pair.tokenMs.merge(c.key, ms, Long::sum);
              cell.quality |= flags;
              cell.intervals++;
              WindowState.EngineState engine = engine(w, c);
              engine.amounts[EngineMeasure.OBSERVED_MS.ordinal()] += ms;
              engine.quality |= flags;
              engine.intervals++;
            });
  }

  void gauges(Context c, Map<EngineMetric, Long> gauges) {
    Interval since = c.since;
    if (since.toMs() - since.fromMs() > TimeModel.MAX_GAP_MS) {
      return;
    }
    Long running = gauges.get(EngineMetric.ENGINE_RUNNING);
    Long waiting = gauges.get(EngineMetric.ENGINE_WAITING);
    Long kv = gauges.get(EngineMetric.ENGINE_KV_CACHE_USED_PPM);
    since.perWindow(
        (w, from, to) -> {
          long ms = to - from;
          long[] cell = book.cell(w, c.cell).amounts;
          long[] engine = engine(w, c).amounts;
          if (running != null) {
            cell[CellMeasure.LOAD_OBSERVED_MS.ordinal()] += ms;
            engine[EngineMeasure.LOAD_OBSERVED_MS.ordinal()] += ms;
            cell[CellMeasure.RUNNING_MS.ordinal()] += running * ms;
            engine[EngineMeasure.RUNNING_MS.ordinal()] += running * ms;
            long waits = waiting == null ? 0 : waiting;
            cell[CellMeasure.WAITING_MS.ordinal()] += waits * ms;
            engine[EngineMeasure.WAITING_MS.ordinal()] += waits * ms;
          }
          if (kv != null) {
            cell[CellMeasure.KV_OBSERVED_MS.ordinal()] += ms;
            engine[EngineMeasure.KV_OBSERVED_MS.ordinal()] += ms;
            cell[CellMeasure.KV_USED_PPM_MS.ordinal()] += kv * ms;
            engine[EngineMeasure.KV_USED_PPM_MS.ordinal()] += kv * ms;
          }
        });
  }

  void histograms(
      Context c, List<Histogram> readings, boolean restarted, OptionalLong countFrom, long atMs) {
    for (Histogram reading : readings) {
      HistogramMetering.growth(c.series, reading, restarted, countFrom, atMs)
          .ifPresent(
              growth ->
                  growth.perWindow(
                      (w, part) ->
                          book.cell(w, c.cell)
                              .histograms
                              .merge(part.key(), part, HistogramPart::plus)));
    }
  }

  private WindowState.EngineState engine(long window, Context c) {
    return engine(book, window, c.series);
  }

  /** The row of a series' instance and model. */
  static WindowState.EngineState engine(WindowBook book, long window, NodeState.Series series) {
    WindowState.EngineState state =
        book.window(window)
            .engines
            .computeIfAbsent(
                series.instance + '\u001f' + series.model, k -> new WindowState.EngineState());
    state.instance = series.instance;
    state.engine = series.engine;
    state.model = series.cell.model();
    state.workload = series.cell.workload();
    state.deployment = series.cell.deployment();
    state.role = series.cell.role();
    state.dirty = true;
    return state;
  }
}
