package io.tokenwatt.jobs.node;

import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_PROMPT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_RUNNING;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static io.tokenwatt.model.proto.GpuMetric.GPU_GR_ENGINE_ACTIVE_PPM;
import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_MILLIWATTS;

import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.NodeSample;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A node's life with everything that happens to nodes: uneven ticks, failed targets, slow
 * exporters, restarts, rebooted drivers, owners that change, spooled and duplicated records, gaps,
 * a clock that jumps. Also keeps, independently of the meter, what its counters grew by between the
 * records that a reader must count.
 */
public final class RandomNode {
  /** A record as it lies in Kafka. */
  public record Logged(NodeSample sample, long recordMs) {}

  public final List<Logged> log = new ArrayList<>();
  long energyMj;
  long outputTokens;

  private final Random random;
  private long now;
  private long recordMs;
  private long seq;
  private long run;
  private final long[] energy = {5_000_000, 90_000_000, 7};
  private final long[] shown = {5_000_000, 90_000_000, 7};
  private final long[] tokens = {1000, 50};
  private final long[] started;
  private final long[] ttft = {10, 0};
  private int ownerOfB = 1;
  private long clockOffset;
  private final Map<String, Long> lastSeen = new LinkedHashMap<>();
  private final Map<String, Long> lastStarted = new LinkedHashMap<>();
  private NodeSample last;

  /** A life of so many ticks from about {@code startMs} on. */
  public RandomNode(long seed, int ticks, long startMs) {
    random = new Random(seed);
    now = startMs + 3_217;
    recordMs = now;
    run = startMs - 60_000;
    started = new long[] {startMs - 5000, startMs - 9000};
    for (int i = 0; i < ticks; i++) {
      tick();
    }
  }

  private void tick() {
    long step = 200 + random.nextInt(2500);
    int event = random.nextInt(400);
    if (event == 0) {
      step += 200_000 + random.nextInt(600_000); // a gap, sometimes too long to be spread
    } else if (event == 1) {
      run += 60_000; // the agent restarted
      seq = 0;
    } else if (event == 2) {
      ownerOfB = 1 - ownerOfB;
    } else if (event == 3) {
      clockOffset = clockOffset == 0 ? (random.nextBoolean() ? 3_600_000 : -3_600_000) : 0;
    } else if (event < 8) {
      restartEngine(random.nextInt(2), now + step - 100);
    } else if (event == 8) {
      energy[0] = 0; // the driver was reloaded
    }
    now += step;
    work(step);
    seq++;
    boolean lost = random.nextInt(30) == 0;
    NodeSample sample = sample();
    if (!lost) {
      publish(sample);
    }
  }

  private void restartEngine(int engine, long at) {
    if (at < started[engine] + 5_000) {
      return; // no server starts twice within the tolerance of its start time
    }
    started[engine] = at;
    tokens[engine] = 0;
    ttft[engine] = 0;
  }

  private void work(long step) {
    for (int b = 0; b < 3; b++) {
      energy[b] += step * (100 + random.nextInt(600));
    }
    shown[0] = energy[0];
    shown[1] = energy[1];
    if (now / 30_000 != (now - step) / 30_000) {
      shown[2] = energy[2]; // refreshes every 30 s
    }
    for (int e = 0; e < 2; e++) {
      if (random.nextInt(4) > 0) {
        long grown = random.nextInt(3000);
        tokens[e] += grown;
        ttft[e] += grown / 300;
      }
    }
  }

  private NodeSample sample() {
    boolean dcgm = random.nextInt(25) > 0;
    boolean firstEngine = random.nextInt(25) > 0;
    SampleBuilder b = SampleBuilder.at(seq, now + clockOffset).run(run);
    int[] first = {};
    int[] second = {};
    if (dcgm) {
      b.board("a", GPU_ENERGY_MILLIJOULES, shown[0], GPU_POWER_MILLIWATTS, 300_000);
      b.instance(
          "b",
          1,
          "2g.10gb",
          GPU_ENERGY_MILLIJOULES,
          shown[1],
          GPU_POWER_MILLIWATTS,
          200_000,
          GPU_GR_ENGINE_ACTIVE_PPM,
          random.nextInt(1_000_000));
      b.instance(
          "b",
          2,
          "1g.5gb",
          GPU_ENERGY_MILLIJOULES,
          shown[1],
          GPU_POWER_MILLIWATTS,
          200_000,
          GPU_GR_ENGINE_ACTIVE_PPM,
          random.nextInt(1_000_000));
      b.board("c", GPU_ENERGY_MILLIJOULES, shown[2], GPU_POWER_MILLIWATTS, 250_000);
      first = ownerOfB == 0 ? new int[] {0, 1} : new int[] {0};
      second = ownerOfB == 0 ? new int[] {2} : new int[] {1, 2};
    }
    if (firstEngine) {
      b.engine("w0", started[0], metrics(0), new long[] {ttft[0], ttft[0] / 2, 1}, first);
    } else {
      b.bind("w0", new int[0], first);
    }
    b.engine("w1", started[1], metrics(1), new long[] {ttft[1], ttft[1] / 2, 1}, second);
    return b.build();
  }

  private Map<EngineMetric, Long> metrics(int engine) {
    return Map.of(
        ENGINE_OUTPUT_TOKENS,
        tokens[engine],
        ENGINE_PROMPT_TOKENS,
        tokens[engine] * 3,
        ENGINE_RUNNING,
        (long) random.nextInt(5));
  }

  private void publish(NodeSample sample) {
    // Spooled records come minutes later, but never out of order and never too late to count.
    long delay = random.nextInt(60) == 0 ? random.nextInt(400_000) : random.nextInt(300);
    recordMs = Math.max(recordMs + 1, Math.min(now + delay, now + 800_000));
    log.add(new Logged(sample, recordMs));
    count(sample);
    if (random.nextInt(20) == 0) {
      log.add(new Logged(random.nextBoolean() || last == null ? sample : last, recordMs));
    }
    last = sample;
  }

  /**
   * What a reader of the counters must find; every published record is in time, so every one
   * counts.
   */
  private void count(NodeSample sample) {
    Map<String, Long> values = new LinkedHashMap<>();
    if (sample.getGpus().getUuids().size() > 0) {
      values.put("a", shown[0]);
      values.put("b", shown[1]);
      values.put("c", shown[2]);
    }
    values.forEach(
        (name, value) -> {
          Long before = lastSeen.put(name, value);
          if (before != null) {
            energyMj += value >= before ? value - before : value;
          }
        });
    sample
        .getEnginesList()
        .forEach(
            e -> {
              String name = e.getInstance();
              long value =
                  e.getSeries(0)
                      .getValues(e.getSeries(0).getMetricsList().indexOf(ENGINE_OUTPUT_TOKENS));
              Long before = lastSeen.put(name, value);
              Long startedBefore = lastStarted.put(name, e.getStartedAtMs());
              boolean restarted = startedBefore != null && e.getStartedAtMs() > startedBefore;
              if (before != null) {
                outputTokens += restarted || value < before ? value : value - before;
              }
            });
  }
}
