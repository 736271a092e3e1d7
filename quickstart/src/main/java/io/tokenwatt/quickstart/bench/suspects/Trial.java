package io.tokenwatt.quickstart.bench.suspects;

import io.tokenwatt.jobs.regression.Detector;
import io.tokenwatt.jobs.regression.Regression;
import io.tokenwatt.jobs.regression.Series;
import io.tokenwatt.jobs.regression.SeriesState;
import io.tokenwatt.jobs.regression.Tuning;
import io.tokenwatt.jobs.regression.Verdict;
import io.tokenwatt.jobs.regression.suspect.Explanation;
import io.tokenwatt.jobs.regression.suspect.Suspects;
import io.tokenwatt.quickstart.fleet.physics.Daylight;
import io.tokenwatt.quickstart.fleet.physics.EnginePlan;
import io.tokenwatt.quickstart.fleet.physics.Hardware;
import io.tokenwatt.quickstart.fleet.physics.Injection;
import io.tokenwatt.quickstart.fleet.physics.NodePlan;
import io.tokenwatt.quickstart.fleet.physics.Restart;
import io.tokenwatt.quickstart.fleet.physics.ServedModel;
import io.tokenwatt.quickstart.fleet.physics.Slice;
import io.tokenwatt.quickstart.fleet.physics.Traffic;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One cause on four nodes in virtual time. Beside it, at random: the load swings, requests change a
 * little, and another workload on the same nodes is rolled out about when the cause strikes.
 */
final class Trial {
  static final String WORKLOAD = "code";

  /** Of the workload, on each node. */
  static final List<Integer> BOARDS = List.of(0, 1);

  /** Decoding, not prompts, fills the time: latency follows from the boards, not from the queue. */
  private static final Traffic TRAFFIC = new Traffic(500, 0.6, 220, 0.6, 0.3, 16);

  private static final long START = 1_795_000_000_000L;
  private static final int WARM_UP = 30;
  private static final long WATCHED_MS = 150_000;
  private static final long JUDGED_AFTER_MS = 6_000;

  private final Cause cause;
  private final SplittableRandom random;
  private final SeriesSums sums = new SeriesSums(WORKLOAD);
  private final Detector detector =
      new Detector(Tuning.DEFAULT.withWarmUpWindows(WARM_UP).withQuietWindows(1e5));
  private final List<Machine> machines = new ArrayList<>();
  private final long strikesMs;
  private final long otherRolloutMs;
  private final long jitterMs;
  private SeriesState state;
  private Regression opened;
  private Explanation explanation;

  /**
   * @param early opened before the cause struck: a false alarm
   * @param opened null = nothing was found
   * @param explanation at the moment it was opened; where nothing was found, at the end of the
   *     trial, asked for the moment at which the cause struck
   */
  record Result(Regression opened, boolean early, long strikesMs, Explanation explanation) {}

  Trial(Cause cause, long seed, boolean defaults) {
    this.cause = cause;
    this.random = new SplittableRandom(seed);
    this.strikesMs = tick(START + 480_000 + random.nextLong(60_000));
    this.otherRolloutMs = tick(strikesMs - 60_000 + random.nextLong(120_000));
    this.jitterMs = tick(strikesMs - 120_000 + random.nextLong(180_000));
    Daylight daylight =
        new Daylight(random.nextLong(60, 180) * 60_000_000, random.nextLong(3_600_000_000L));
    for (int i = 1; i <= 4; i++) {
      Machine machine =
          new Machine(
              plan("n" + i, daylight), random.nextLong(), (START - 60_000) * 1000, defaults, sums);
      machine.bind(WORKLOAD, BOARDS, List.of(WORKLOAD));
      machine.bind("chat", List.of(2), List.of("chat"));
      machines.add(machine);
    }
    cause.prepare(machines, random.split());
  }

  private static long tick(long ms) {
    return ms / Machine.TICK_MS * Machine.TICK_MS;
  }

  private static NodePlan plan(String node, Daylight daylight) {
    return new NodePlan(
        node,
        Hardware.H100,
        Collections.nCopies(3, List.of(Slice.WHOLE)),
        1_000_000,
        daylight,
        List.of(
            EnginePlan.vllm(
                WORKLOAD,
                ServedModel.QWEN_32B,
                2,
                BOARDS.stream().map(board -> new EnginePlan.Place(board, 0)).toList(),
                TRAFFIC,
                Restart.NEVER),
            EnginePlan.vllm(
                "chat",
                ServedModel.LLAMA_8B,
                1,
                List.of(new EnginePlan.Place(2, 0)),
                Traffic.SMALL,
                Restart.NEVER)),
        List.of());
  }

  Result run() {
    long judged = START;
    for (long at = START; at < strikesMs + WATCHED_MS && opened == null; at += Machine.TICK_MS) {
      happen(at);
      for (Machine machine : machines) {
        machine.tick(at);
      }
      if (at >= judged + 10_000 + JUDGED_AFTER_MS) {
        judge(judged);
        judged += 10_000;
      }
    }
    boolean early = opened != null && opened.detectedMs() <= strikesMs;
    if (opened == null) {
      explanation =
          Suspects.rank(sums.evidence, sums.series(), strikesMs / 10_000 * 10_000, judged);
    }
    return new Result(opened, early, strikesMs, explanation);
  }

  private void happen(long atMs) {
    if (atMs == otherRolloutMs) {
      machines
          .subList(0, 2)
          .forEach(m -> m.physics.inject(new Injection.Rollout(1.1, 32, 8), "chat"));
    }
    if (atMs == jitterMs) {
      double prompt = 0.97 + 0.06 * random.nextDouble();
      double output = 0.97 + 0.06 * random.nextDouble();
      machines.forEach(m -> m.physics.inject(new Injection.PromptMix(prompt, output, 1), WORKLOAD));
    }
    if (atMs == strikesMs) {
      cause.strike(machines, random.split());
    }
  }

  private void judge(long windowMs) {
    if (sums.series() == null) {
      return;
    }
    Series series = sums.series();
    state = state == null ? SeriesState.of(series) : state;
    for (Verdict verdict : detector.judge(state, sums.window(windowMs))) {
      if (verdict instanceof Verdict.Opened found) {
        opened = found.regression();
        explanation = Suspects.rank(sums.evidence, series, opened.startedMs(), windowMs + 10_000);
      }
    }
  }
}
