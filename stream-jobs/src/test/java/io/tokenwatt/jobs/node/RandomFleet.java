package io.tokenwatt.jobs.node;

import static io.tokenwatt.model.proto.EngineMetric.ENGINE_OUTPUT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_PROMPT_TOKENS;
import static io.tokenwatt.model.proto.EngineMetric.ENGINE_RUNNING;
import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static io.tokenwatt.model.proto.GpuMetric.GPU_GR_ENGINE_ACTIVE_PPM;
import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_MILLIWATTS;

import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineSeries;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The lives of a few nodes over random topologies that change: gaps, driver reloads, engine
 * restarts, failed scrapes, lost records. Also keeps, independently of the meter, what the counters
 * grew by between the records that a reader must count.
 */
final class RandomFleet {
  /** Each node's records in the order in which it wrote them. */
  final Map<String, List<NodeSample>> logs = new LinkedHashMap<>();

  long energyMj;
  long outputTokens;
  private final Random random;

  RandomFleet(long seed, int nodes, int ticks, long startMs) {
    random = new Random(seed);
    for (int n = 0; n < nodes; n++) {
      Node node = new Node("n" + n, startMs);
      for (int i = 0; i < ticks; i++) {
        node.tick();
      }
      logs.put(node.name, node.log);
    }
  }

  private final class Node {
    private final String name;
    private final long startMs;
    private final List<NodeSample> log = new ArrayList<>();
    private final long[] energy = {5_000_000, 90_000_000, 700_000};
    private final Map<String, Long> tokens = new LinkedHashMap<>();
    private final Map<String, Long> started = new LinkedHashMap<>();
    private final Map<String, Long> seenEnergy = new LinkedHashMap<>();
    private final Map<String, Long> seenTokens = new LinkedHashMap<>();
    private final Map<String, Long> seenStart = new LinkedHashMap<>();
    private RandomTopology topology;
    private int generation;
    private long now;
    private long keptMs;
    private long seq;

    Node(String name, long startMs) {
      this.name = name;
      this.startMs = startMs;
      now = startMs + random.nextInt(5_000);
      topology = RandomTopology.draw(random, generation);
    }

    void tick() {
      long step = 500 + random.nextInt(2_500);
      int event = random.nextInt(200);
      if (event == 0) {
        step += 200_000 + random.nextInt(400_000);
      } else if (event == 1) {
        energy[random.nextInt(3)] = 0;
      } else if (event < 4) {
        topology = RandomTopology.draw(random, ++generation);
      } else if (event == 4) {
        restartEngines(now + step - 100);
      }
      now += step;
      for (int b = 0; b < 3; b++) {
        energy[b] += step * (100 + random.nextInt(600));
      }
      seq++;
      boolean lost = random.nextInt(20) == 0;
      sample(lost);
    }

    private void restartEngines(long at) {
      if (started.values().stream().anyMatch(s -> at < s + 5_000)) {
        return; // no server starts twice within the tolerance of its start time
      }
      started.keySet().forEach(e -> started.put(e, at));
      tokens.replaceAll((series, count) -> 0L);
    }

    private void sample(boolean lost) {
      SampleBuilder b = SampleBuilder.at(seq, now).node(name);
      boolean boards = random.nextInt(20) > 0;
      boolean silent = random.nextInt(20) == 0;
      Map<String, Long> readings = boards ? boards(b) : Map.of();
      for (RandomTopology.Bound bound : topology.bindings()) {
        int[] engines = {};
        if (!bound.engine().isEmpty() && !silent) {
          b.engine(engine(bound));
          engines = new int[] {b.engines() - 1};
        }
        int[] rows = boards ? bound.rows().stream().mapToInt(r -> r).toArray() : new int[0];
        b.bind(bound.workload(), engines, rows)
            .binding(
                to ->
                    to.setRole(bound.role())
                        .setEngineGroup(bound.group())
                        .setPairGroup(bound.pair())
                        .setBoardsRequired(bound.boardsRequired())
                        .setMembers(bound.members())
                        .addAllProcessUtilPpm(boards ? bound.use() : List.of())
                        .setMethod(
                            bound.assumed()
                                ? OwnershipMethod.OWNERSHIP_ASSUMED
                                : OwnershipMethod.OWNERSHIP_CONFIG));
      }
      NodeSample sample = b.build();
      if (!lost) {
        log.add(sample);
        count(readings, sample);
        keptMs = now;
      }
    }

    private Map<String, Long> boards(SampleBuilder b) {
      Map<String, Long> readings = new LinkedHashMap<>();
      for (RandomTopology.Board board : topology.boards()) {
        long mj = energy[board.letter().charAt(0) - 'a'];
        readings.put(board.letter(), mj);
        if (board.rows() == 1) {
          b.board(board.letter(), GPU_ENERGY_MILLIJOULES, mj, GPU_POWER_MILLIWATTS, 300_000);
        }
        for (int r = 0; board.rows() > 1 && r < board.rows(); r++) {
          boolean amd = board.cut() == RandomTopology.Cut.AMD;
          long shown = amd && r > 0 ? 0 : mj;
          long watts = amd && r > 0 ? 0 : 300_000;
          if (amd || random.nextInt(9) == 0) {
            b.instance(
                board.letter(), r, "", GPU_ENERGY_MILLIJOULES, shown, GPU_POWER_MILLIWATTS, watts);
          } else {
            b.instance(
                board.letter(),
                r,
                (r + 1) + "g.10gb",
                GPU_ENERGY_MILLIJOULES,
                shown,
                GPU_POWER_MILLIWATTS,
                watts,
                GPU_GR_ENGINE_ACTIVE_PPM,
                random.nextInt(3) * 400_000);
          }
        }
      }
      return readings;
    }

    private Engine engine(RandomTopology.Bound bound) {
      Engine.Builder engine =
          Engine.newBuilder()
              .setInstance(bound.engine())
              .setKind("vllm")
              .setStartedAtMs(started.computeIfAbsent(bound.engine(), e -> startMs - 60_000));
      for (int m = 0; m < bound.models(); m++) {
        for (int r = 0; r < bound.ranks(); r++) {
          String series = bound.engine() + "/m" + m + "/" + r;
          long count = tokens.merge(series, (long) random.nextInt(2_000), Long::sum);
          engine.addSeries(
              EngineSeries.newBuilder()
                  .setModelName("m" + m)
                  .setRank(String.valueOf(r))
                  .addMetrics(ENGINE_OUTPUT_TOKENS)
                  .addValues(count)
                  .addMetrics(ENGINE_PROMPT_TOKENS)
                  .addValues(3 * count)
                  .addMetrics(ENGINE_RUNNING)
                  .addValues(random.nextInt(3)));
        }
      }
      return engine.build();
    }

    private void count(Map<String, Long> readings, NodeSample sample) {
      readings.forEach(
          (board, mj) -> {
            Long before = seenEnergy.put(board, mj);
            if (before != null) {
              energyMj += mj >= before ? mj - before : mj;
            }
          });
      for (Engine engine : sample.getEnginesList()) {
        Long startBefore = seenStart.put(engine.getInstance(), engine.getStartedAtMs());
        boolean restarted = startBefore != null && engine.getStartedAtMs() > startBefore;
        for (EngineSeries series : engine.getSeriesList()) {
          String key = engine.getInstance() + series.getModelName() + series.getRank();
          long value = series.getValues(0);
          Long before = seenTokens.put(key, value);
          if (before == null && keptMs > 0 && engine.getStartedAtMs() > keptMs) {
            outputTokens += value; // first seen, and started since the node's last record
          } else if (before != null) {
            outputTokens += restarted || value < before ? value : value - before;
          }
        }
      }
    }
  }
}
