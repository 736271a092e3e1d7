package io.tokenwatt.quickstart.bench.workload;

import io.tokenwatt.model.CellMeasure;
import java.util.SplittableRandom;

/**
 * One series in virtual time: requests arrive, engines serve them, boards draw power; what the
 * meters would add up goes into a {@link WindowTally}. Amounts are physical: tokens and running
 * requests obey Little's law, energy follows load. Not thread-safe.
 */
public final class SimulatedSeries {
  private static final double DAY_MS = 86_400_000.0;
  private static final double FULL_CLOCK_MHZ = 1_830;

  private final SeriesPlan plan;
  private final long tickMs;
  private final Demand demand;
  private final Serving serving;
  private final Noise energyNoise;
  private final Noise stepNoise;
  private final Circumstances circumstances = new Circumstances();
  private long nowMs;
  private double watts;

  /**
   * @param startMs Unix ms, a multiple of the tick
   * @param tickMs 10,000 where only windows matter; 1,000 to see seconds
   */
  public SimulatedSeries(SeriesPlan plan, long startMs, long tickMs, SplittableRandom random) {
    this.plan = plan;
    this.nowMs = startMs;
    this.tickMs = tickMs;
    this.demand = new Demand(plan, random.split());
    this.serving = new Serving(plan.machine());
    this.energyNoise = new Noise(plan.energy(), tickMs, random.split());
    this.stepNoise = new Noise(plan.step(), tickMs, random.split());
    circumstances.engines = plan.engines();
  }

  public SeriesPlan plan() {
    return plan;
  }

  /** The knobs; turned between ticks. */
  public Circumstances circumstances() {
    return circumstances;
  }

  /** End of the last tick. */
  public long nowMs() {
    return nowMs;
  }

  /** Running requests over all engines in the last tick. */
  public double running() {
    return serving.running;
  }

  /** One tick; its amounts are added to the tally. */
  public void advance(WindowTally into) {
    Circumstances now = circumstances;
    double fault = now.fault.factor(nowMs, nowMs + tickMs);
    boolean clock = now.fault.kind() == Fault.Kind.CLOCK;
    demand.draw(nowMs, tickMs, now);
    serving.advance(
        demand,
        1 - plan.cachedShare(),
        stepNoise.next(),
        clock ? fault : 1,
        now.engines,
        tickMs / 1_000.0);
    watts =
        plan.machine().watts(serving.batch, serving.prefillShare)
            * energyNoise.next()
            * (clock ? 1 : fault)
            * (1 + plan.climate() * Math.cos(2 * Math.PI * (nowMs / DAY_MS - 0.6)));
    into.nodes = now.engines;
    into.deployment = now.deployment;
    boards(into, clock ? fault : 1);
    engines(into);
    latencies(into);
    nowMs += tickMs;
  }

  private void boards(WindowTally into, double slower) {
    double boardMs = (double) circumstances.engines * plan.machine().boards() * tickMs;
    double millijoules = watts * boardMs;
    double busy = Math.min(1, 1 - Math.exp(-serving.batch) + serving.prefillShare);
    into.add(CellMeasure.EXPECTED_MS, boardMs);
    into.add(CellMeasure.OBSERVED_MS, boardMs);
    into.add(CellMeasure.GPU_MS, boardMs);
    into.add(CellMeasure.GPU_BUSY_MS, boardMs * busy);
    into.add(CellMeasure.GPU_LOADED_IDLE_MS, boardMs * (1 - busy));
    into.add(CellMeasure.GPU_MJ, millijoules);
    into.add(CellMeasure.GPU_BUSY_MJ, millijoules * busy);
    into.add(CellMeasure.GPU_LOADED_IDLE_MJ, millijoules * (1 - busy));
    into.add(CellMeasure.GPU_MJ_METERED, millijoules);
    into.add(CellMeasure.GPU_MJ_MEASURED, millijoules);
    into.add(CellMeasure.SM_ACTIVE_OBSERVED_MS, boardMs);
    into.add(CellMeasure.SM_ACTIVE_PPM_MS, boardMs * busy * 1e6);
    into.add(CellMeasure.SM_CLOCK_OBSERVED_MS, boardMs);
    into.add(CellMeasure.SM_CLOCK_MHZ_MS, boardMs * FULL_CLOCK_MHZ / slower);
  }

  private void engines(WindowTally into) {
    double engineMs = (double) circumstances.engines * tickMs;
    double cached = serving.promptTokens * plan.cachedShare();
    double computed = serving.promptTokens - cached;
    into.add(CellMeasure.TOKENS_EXPECTED_MS, engineMs);
    into.add(CellMeasure.TOKENS_OBSERVED_MS, engineMs);
    into.add(CellMeasure.OUTPUT_TOKENS, serving.outputTokens);
    into.add(CellMeasure.OUTPUT_TOKENS_METERED, serving.outputTokens);
    into.add(CellMeasure.PROMPT_TOKENS, serving.promptTokens);
    into.add(CellMeasure.PROMPT_TOKENS_CACHED, cached);
    into.add(CellMeasure.PROMPT_CACHED_OBSERVED_MS, engineMs);
    into.add(CellMeasure.PROMPT_TOKENS_COMPUTED, computed);
    into.add(CellMeasure.PROMPT_TOKENS_COMPUTED_METERED, computed);
    into.add(CellMeasure.PROMPT_COMPUTED_OBSERVED_MS, engineMs);
    into.add(CellMeasure.REQUESTS_FINISHED, serving.finished);
    into.add(CellMeasure.REQUESTS_FINISHED_METERED, serving.finished);
    into.add(CellMeasure.LOAD_OBSERVED_MS, engineMs);
    into.add(CellMeasure.RUNNING_MS, serving.running * tickMs);
    into.add(CellMeasure.WAITING_MS, serving.waiting * tickMs);
    into.add(CellMeasure.KV_OBSERVED_MS, engineMs);
    into.add(CellMeasure.KV_USED_PPM_MS, engineMs * serving.kvUse(circumstances.engines) * 1e6);
  }

  private void latencies(WindowTally into) {
    long tokens = Math.round(serving.outputTokens);
    long requests = Math.round(serving.finished);
    into.itlCount += tokens;
    into.itlUs += Math.round(tokens * serving.stepSeconds * 1e6);
    into.requestCount += requests;
    into.firstTokenUs += Math.round(requests * serving.firstTokenSeconds() * 1e6);
    into.endToEndUs += Math.round(requests * serving.endToEndSeconds() * 1e6);
  }
}
