package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.BoardState;
import io.tokenwatt.jobs.attribution.Holder;
import io.tokenwatt.jobs.meter.CounterFamily;
import io.tokenwatt.jobs.meter.Increment;
import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.NodeSample;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Meters the engines of one sample: token and request counters, load gauges, latency histograms,
 * and who was busy.
 */
final class EngineMetering {
  /** started_at may be written from a clock that wobbles. */
  private static final long START_TOLERANCE_MS = 2_000;

  private static final Set<String> PROMPT_ONLY_TASKS = Set.of("embed", "rerank");

  private final NodeState state;
  private final Owners owners;
  private final EngineFacts facts;
  private final long atMs;
  private final int flags;

  EngineMetering(NodeState state, Owners owners, EngineFacts facts, long atMs, int flags) {
    this.state = state;
    this.owners = owners;
    this.facts = facts;
    this.atMs = atMs;
    this.flags = flags;
  }

  void read(NodeSample sample) {
    if (state.boards.isEmpty()
        && sample.getGpus().getUuids().isEmpty()
        && sample.getFailuresCount() > 0) {
      // The node's boards are still to come, and with them the hardware that its tokens count for.
      return;
    }
    Map<Owners.Owner, Activity> activities = new HashMap<>();
    for (int i = 0; i < sample.getEnginesCount(); i++) {
      Owners.Owner owner = owners.ofEngine(i);
      if (owner != null) {
        read(sample.getEngines(i), owner, activities.computeIfAbsent(owner, o -> new Activity()));
      }
    }
    activities.forEach((owner, activity) -> owner.state = activity.state());
  }

  private void read(Engine engine, Owners.Owner owner, Activity activity) {
    Long startedBefore = state.processStartedMs.get(engine.getInstance());
    long started = engine.getStartedAtMs();
    boolean restarted =
        startedBefore != null && started > 0 && started > startedBefore + START_TOLERANCE_MS;
    if (started > 0) {
      state.processStartedMs.put(engine.getInstance(), started);
    }
    boolean startedSinceLast = state.seen && started > state.eventMs && started <= atMs;
    OptionalLong countFrom = startedSinceLast ? OptionalLong.of(started) : OptionalLong.empty();
    for (EngineSeries series : engine.getSeriesList()) {
      read(engine, series, owner, restarted, countFrom, activity);
    }
  }

  private void read(
      Engine engine,
      EngineSeries reading,
      Owners.Owner owner,
      boolean processRestarted,
      OptionalLong countFrom,
      Activity activity) {
    String key =
        engine.getInstance() + '\u001f' + reading.getModelName() + '\u001f' + reading.getRank();
    NodeState.Series series = state.series.get(key);
    boolean first = series == null;
    if (first) {
      series = new NodeState.Series();
      series.instance = engine.getInstance();
      series.engine = engine.getKind();
      series.model = reading.getModelName();
      state.series.put(key, series);
    }
    Holder cell =
        owners.cell(owner, Owners.baseOf(engine, reading.getModelName()), owner.workload.hardware);
    long previousMs = first ? countFrom.orElse(atMs) : series.seenMs;
    Map<Integer, Long> counters = new HashMap<>();
    EnumMap<EngineMetric, Long> gauges = new EnumMap<>(EngineMetric.class);
    sort(reading, counters, gauges);
    boolean restarted = processRestarted || CounterFamily.restarted(series.counters, counters);
    Map<Integer, Increment> increments =
        CounterFamily.advance(series.counters, counters, atMs, restarted, countFrom);
    Holder before = series.cell;
    series.cell = cell;
    series.workload = owner.binding.getWorkload();
    EngineFacts.Context context =
        new EngineFacts.Context(
            key,
            series,
            owner,
            cell,
            new Interval(previousMs, atMs),
            flags,
            engine.getCountsAtFinish(),
            promptOnly(cell, reading));
    facts.expected(context, before, state.expectedUntilMs);
    facts.counters(context, increments);
    facts.gauges(context, gauges);
    facts.histograms(context, reading.getHistogramsList(), restarted, countFrom, atMs);
    series.seenMs = atMs;
    activity.add(owner, Owners.baseOf(engine, reading.getModelName()), increments, gauges);
  }

  /**
   * By the task that it is configured for; else by having a prompt counter and no output counter.
   * vLLM shows an output counter, always 0, also where it only embeds.
   */
  private static boolean promptOnly(Holder cell, EngineSeries reading) {
    return PROMPT_ONLY_TASKS.contains(cell.task())
        || reading.getMetricsList().contains(EngineMetric.ENGINE_PROMPT_TOKENS)
            && !reading.getMetricsList().contains(EngineMetric.ENGINE_OUTPUT_TOKENS);
  }

  private static void sort(
      EngineSeries reading, Map<Integer, Long> counters, Map<EngineMetric, Long> gauges) {
    int count = Math.min(reading.getMetricsCount(), reading.getValuesCount());
    for (int i = 0; i < count; i++) {
      EngineMetric metric = reading.getMetrics(i);
      switch (metric) {
        case ENGINE_RUNNING, ENGINE_WAITING, ENGINE_KV_CACHE_USED_PPM ->
            gauges.put(metric, reading.getValues(i));
        case ENGINE_METRIC_UNSPECIFIED, UNRECOGNIZED -> {} // a newer agent's metric
        default -> counters.put(metric.getNumber(), reading.getValues(i));
      }
    }
  }

  /** Whether the engines of one owner worked in the interval that this sample closes. */
  private static final class Activity {
    private boolean worked;
    private boolean known = true;

    void add(
        Owners.Owner owner,
        String model,
        Map<Integer, Increment> increments,
        Map<EngineMetric, Long> gauges) {
      long tokens =
          amount(increments, EngineMetric.ENGINE_OUTPUT_TOKENS)
              + amount(increments, EngineMetric.ENGINE_PROMPT_TOKENS);
      owner.tokensByModel.merge(model, tokens == 0 ? 0 : worth(owner, increments), Long::sum);
      long load =
          gauges.getOrDefault(EngineMetric.ENGINE_RUNNING, 0L)
              + gauges.getOrDefault(EngineMetric.ENGINE_WAITING, 0L);
      boolean tokensKnown =
          increments.containsKey(EngineMetric.ENGINE_OUTPUT_TOKENS_VALUE)
              || increments.containsKey(EngineMetric.ENGINE_PROMPT_TOKENS_VALUE);
      worked |= tokens > 0 || load > 0;
      known &= tokensKnown && gauges.containsKey(EngineMetric.ENGINE_RUNNING);
    }

    /** What a model's boards are shared by: tokens that were computed, cached prompts are not. */
    private static long worth(Owners.Owner owner, Map<Integer, Increment> increments) {
      return amount(increments, EngineMetric.ENGINE_OUTPUT_TOKENS)
          + RoleTokens.computed(owner.binding.getRole(), increments)
              .orElse(amount(increments, EngineMetric.ENGINE_PROMPT_TOKENS));
    }

    BoardState state() {
      if (worked) {
        return BoardState.BUSY;
      }
      return known ? BoardState.LOADED_IDLE : BoardState.UNKNOWN;
    }

    private static long amount(Map<Integer, Increment> increments, EngineMetric metric) {
      Increment increment = increments.get(metric.getNumber());
      return increment == null || increment.toMs() - increment.fromMs() > TimeModel.MAX_GAP_MS
          ? 0
          : increment.amount();
    }
  }
}
