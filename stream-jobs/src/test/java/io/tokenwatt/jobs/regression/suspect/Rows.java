package io.tokenwatt.jobs.regression.suspect;

import io.tokenwatt.jobs.regression.Series;
import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.Place;
import java.util.SplittableRandom;

/** Rows of boards and engines as stage 1 writes them, with a little noise. */
final class Rows {
  static final long START = 1_795_000_000_000L / 10_000 * 10_000;
  static final Series SERIES = new Series("us-east", "H100", "llama", "bf16", "both", "chat");

  private final SplittableRandom random;

  Rows(long seed) {
    random = new SplittableRandom(seed);
  }

  /** What a board shows; change and {@link #row} again. */
  static final class Board {
    String node = "n1";
    String gpu = "GPU-1";
    String driver = "580";
    String workload = "chat";
    double clock = 1980;
    double limit = 700;
    double watts = 420;
    double celsius = 55;
    double dram = 0.5;
    double nvlink = 900;
    double pcie = 300;
    double powerThrottled;
    double heatThrottled;
    long reasons;
    long xid;
    boolean shown = true;
  }

  /** What an engine shows. */
  static final class Engine {
    String node = "n1";
    String deployment = "chat@1";
    double running = 20;
    double waiting;
    double kv = 0.4;
    double requests = 30;
    double prompt = 1000;
    double cached = 0.3;
    double output = 150;
    double preemptions;
  }

  GpuRow row(int window, Board board) {
    long[] amounts = new long[GpuMeasure.values().length];
    amounts[GpuMeasure.EXPECTED_MS.ordinal()] = 10_000;
    put(amounts, GpuMeasure.SM_CLOCK_MHZ_MS, GpuMeasure.SM_CLOCK_OBSERVED_MS, board.clock);
    put(amounts, GpuMeasure.POWER_MW_MS, GpuMeasure.POWER_OBSERVED_MS, noisy(board.watts) * 1000);
    put(
        amounts,
        GpuMeasure.TEMPERATURE_MC_MS,
        GpuMeasure.TEMPERATURE_OBSERVED_MS,
        noisy(board.celsius) * 1000);
    put(
        amounts,
        GpuMeasure.DRAM_ACTIVE_PPM_MS,
        GpuMeasure.DRAM_ACTIVE_OBSERVED_MS,
        noisy(board.dram) * 1e6);
    put(amounts, GpuMeasure.PCIE_KB, GpuMeasure.PCIE_OBSERVED_MS, noisy(board.pcie));
    if (board.shown) {
      put(
          amounts,
          GpuMeasure.POWER_LIMIT_MW_MS,
          GpuMeasure.POWER_LIMIT_OBSERVED_MS,
          board.limit * 1000);
      put(amounts, GpuMeasure.NVLINK_KB, GpuMeasure.NVLINK_OBSERVED_MS, noisy(board.nvlink));
      amounts[GpuMeasure.POWER_THROTTLED_US.ordinal()] = (long) (board.powerThrottled * 1e7);
      amounts[GpuMeasure.THERMAL_THROTTLED_US.ordinal()] = (long) (board.heatThrottled * 1e7);
    }
    return new GpuRow(
        START + window * 10_000L,
        new Place(board.node, "us-east", "", "", "", ""),
        board.gpu,
        0,
        "H100",
        board.driver,
        board.workload,
        "busy",
        board.shown ? board.reasons : 0,
        board.xid,
        amounts,
        0,
        0,
        10);
  }

  EngineRow row(int window, Engine engine) {
    long[] amounts = new long[EngineMeasure.values().length];
    long requests = Math.round(noisy(engine.requests));
    set(amounts, EngineMeasure.OBSERVED_MS, 10_000);
    set(amounts, EngineMeasure.LOAD_OBSERVED_MS, 10_000);
    set(amounts, EngineMeasure.KV_OBSERVED_MS, 10_000);
    set(amounts, EngineMeasure.REQUESTS_FINISHED, requests);
    set(amounts, EngineMeasure.PROMPT_TOKENS, noisy(requests * engine.prompt));
    set(
        amounts,
        EngineMeasure.PROMPT_TOKENS_CACHED,
        noisy(requests * engine.prompt * engine.cached));
    set(amounts, EngineMeasure.OUTPUT_TOKENS, noisy(requests * engine.output));
    set(amounts, EngineMeasure.RUNNING_MS, noisy(engine.running) * 10_000);
    set(amounts, EngineMeasure.WAITING_MS, engine.waiting * 10_000);
    set(amounts, EngineMeasure.KV_USED_PPM_MS, engine.kv * 1e10);
    set(amounts, EngineMeasure.PREEMPTIONS, engine.preemptions);
    return new EngineRow(
        START + window * 10_000L,
        new Place(engine.node, "us-east", "", "", "", ""),
        "vllm",
        "vllm",
        "llama",
        "chat",
        engine.deployment,
        "both",
        amounts,
        0,
        10);
  }

  /** Three per cent, as of a window. */
  private double noisy(double value) {
    return value * (1 + 0.03 * random.nextGaussian());
  }

  private static void put(long[] amounts, GpuMeasure sum, GpuMeasure observed, double value) {
    amounts[observed.ordinal()] = 10_000;
    amounts[sum.ordinal()] = Math.round(value * 10_000);
  }

  private static void set(long[] amounts, EngineMeasure measure, double value) {
    amounts[measure.ordinal()] = Math.round(value);
  }
}
