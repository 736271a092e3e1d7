package io.tokenwatt.jobs.node;

import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_PROMPT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_RUNNING;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_MILLIWATTS;
import static io.tokenwatt.model.proto.GpuMetric.GPU_SM_CLOCK_MHZ;

import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.Histogram;
import io.tokenwatt.model.proto.LatencyMeasure;
import io.tokenwatt.model.proto.NodeSample;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * One board and one engine under a load, once a second. Tokens come at a rate that the running
 * requests give; watts follow it; a slowdown makes fewer tokens at the same watts and load.
 */
public final class ServingNode {
  public final String name;
  private final String workload;
  private final char board;
  private final Random random;
  private final long startedMs;
  private long seq;
  private double energyMj = 1e9;
  private double tokens = 1000;
  private double prompts = 5000;
  private long steps;
  private double stepUs;

  /**
   * @param board tells its board from those of other nodes
   */
  public ServingNode(String name, String workload, char board, long startedMs, long seed) {
    this.name = name;
    this.workload = workload;
    this.board = board;
    this.startedMs = startedMs;
    this.random = new Random(seed);
  }

  /** The next second's sample. */
  public NodeSample sample(long atMs, double running, double slowdown) {
    double noise = Math.exp(0.01 * random.nextGaussian());
    double rate = 40 * running / (1 + running / 60) * noise / slowdown;
    double watts = 250 + 350 * running / (running + 40) * Math.exp(0.005 * random.nextGaussian());
    tokens += rate;
    prompts += rate * 3;
    energyMj += watts * 1000;
    steps += Math.round(rate);
    stepUs += Math.round(rate) * (running / rate) * 1e6;
    Map<EngineMetric, Long> engine = new LinkedHashMap<>();
    engine.put(ENGINE_OUTPUT_TOKENS, (long) tokens);
    engine.put(ENGINE_PROMPT_TOKENS, (long) prompts);
    engine.put(ENGINE_RUNNING, Math.round(running));
    SampleBuilder sample =
        SampleBuilder.at(++seq, atMs)
            .node(name)
            .board(
                Character.toString(board),
                GPU_ENERGY_MILLIJOULES,
                (long) energyMj,
                GPU_POWER_MILLIWATTS,
                (long) (watts * 1000),
                GPU_SM_CLOCK_MHZ,
                1980)
            .engine(workload, startedMs - 600_000, engine, 0)
            .last(
                e -> {
                  e.getSeriesBuilder(0)
                      .addHistograms(
                          Histogram.newBuilder()
                              .setMeasure(LatencyMeasure.LATENCY_ITL)
                              .addBoundsNs(20_000_000)
                              .addBoundsNs(100_000_000)
                              .addCounts(0)
                              .addCounts(steps)
                              .addCounts(0)
                              .setSumUs((long) stepUs));
                  return e;
                },
                b -> b);
    return sample.build();
  }
}
