package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.Allocation;
import io.tokenwatt.jobs.attribution.BoardState;
import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.jobs.attribution.Share;
import io.tokenwatt.jobs.meter.Increment;
import io.tokenwatt.jobs.meter.Proration;
import io.tokenwatt.jobs.meter.TimeModel;
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

  /** Where growth over a gap is kept: in totals, not in rates. */
  private static final Map<EngineMetric, Columns> BRIDGED =
      Map.of(
          EngineMetric.ENGINE_OUTPUT_TOKENS,
          new Columns(CellMeasure.OUTPUT_TOKENS_BRIDGED, EngineMeasure.OUTPUT_TOKENS_BRIDGED),
          EngineMetric.ENGINE_PROMPT_TOKENS,
          new Columns(CellMeasure.PROMPT_TOKENS_BRIDGED, EngineMeasure.PROMPT_TOKENS_BRIDGED),
          EngineMetric.ENGINE_PROMPT_TOKENS_CACHED,
          new Columns(
              CellMeasure.PROMPT_TOKENS_CACHED_BRIDGED, EngineMeasure.PROMPT_TOKENS_CACHED_BRIDGED),
          EngineMetric.ENGINE_REQUESTS_FINISHED,
          new Columns(
              CellMeasure.REQUESTS_FINISHED_BRIDGED, EngineMeasure.REQUESTS_FINISHED_BRIDGED));

  private static void put(EngineMetric metric, CellMeasure cell, EngineMeasure engine) {
    COUNTERS.put(metric, new Columns(cell, engine));
  }

  private final WindowBook book;

  EngineFacts(WindowBook book) {
    this.book = book;
  }

  /**
   * One series in one sample: where it counts, and the time since it was last read.
   *
   * @param atFinish its output tokens are credited only when a request ends
   * @param promptOnly it generates nothing: an embedder or reranker
   */
  record Context(
      String key,
      NodeState.Series series,
      Owners.Owner owner,
      Holder cell,
      Interval since,
      int flags,
      boolean atFinish,
      boolean promptOnly) {}

  /** A series counts wholly for one cell. */
  static Allocation allocation(Holder cell) {
    return new Allocation(List.of(new Share(cell, BoardState.UNKNOWN, 1, 1, true)), 0, "");
  }

  void expected(Context c, Holder before, long untilMs) {
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
            spread(increment, increment.amount(), (w, amount) -> engine(w, c, columns, amount));
            cell(c, columns.cell, increment, increments);
          }
        });
    new TokenCoverage(book).read(c, increments);
  }

  /** Receives a window's part of a growth. */
  private interface Part {
    void take(long windowStartMs, long amount);
  }

  private static void spread(Increment over, long amount, Part part) {
    Proration.perWindow(
        amount, over.fromMs(), over.toMs(), (w, from, to, some) -> part.take(w, some));
  }

  private void engine(long window, Context c, Columns columns, long amount) {
    engine(window, c).amounts[columns.engine.ordinal()] += amount;
  }

  private void cell(
      Context c, CellMeasure measure, Increment increment, Map<Integer, Increment> increments) {
    String role = c.cell.role();
    if (measure == null) {
      return;
    }
    if (measure == CellMeasure.PROMPT_TOKENS) {
      long own = RoleTokens.ownPrompt(role, increment, increments);
      spread(increment, own, (w, amount) -> add(w, c, measure, amount));
      spread(
          increment,
          increment.amount() - own,
          (w, amount) -> add(w, c, CellMeasure.PROMPT_TOKENS_REPEATED, amount));
    } else if (measure != CellMeasure.PROMPT_TOKENS_CACHED || !RoleTokens.isDecode(role)) {
      CellMeasure column = RoleTokens.column(role, measure);
      spread(increment, increment.amount(), (w, amount) -> add(w, c, column, amount));
    }
  }

  private void add(long window, Context c, CellMeasure measure, long amount) {
    WindowState.CellState cell = book.cell(window, c.cell);
    cell.amounts[measure.ordinal()] += amount;
    if (measure == CellMeasure.OUTPUT_TOKENS) {
      cell.pair.outputTokens += amount;
    } else if (measure == CellMeasure.REQUESTS_FINISHED) {
      cell.pair.requestsFinished += amount;
    }
  }

  private void bridged(Context c, EngineMetric metric, Increment increment) {
    long window = Window.startOf(increment.toMs());
    WindowState.CellState cell = book.cell(window, c.cell);
    WindowState.EngineState engine = engine(window, c);
    cell.quality |= Quality.GAP.bit();
    engine.quality |= Quality.GAP.bit();
    Columns columns = BRIDGED.get(metric);
    if (columns != null) {
      CellMeasure column = RoleTokens.column(c.cell.role(), columns.cell);
      if (column != null) {
        cell.amounts[column.ordinal()] += increment.amount();
      }
      engine.amounts[columns.engine.ordinal()] += increment.amount();
    }
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
          WindowState.CellState state = book.cell(w, c.cell);
          long[] cell = state.amounts;
          long[] engine = engine(w, c).amounts;
          if (running != null) {
            state.pair.loadMs += ms;
            state.pair.runningMs += running * ms;
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
              growth -> {
                growth.perWindow(
                    (w, part) ->
                        book.cell(w, c.cell)
                            .histograms
                            .merge(part.key(), part, HistogramPart::plus));
                if (c.atFinish && !RoleTokens.isPrefill(c.cell.role())) {
                  new TokenCoverage(book).endedAtFinish(c, growth);
                }
              });
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
                series.instance + '\u001f' + series.cell.model(),
                k -> new WindowState.EngineState());
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
