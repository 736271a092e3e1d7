package io.tokenwatt.jobs.node;

import static io.tokenwatt.jobs.node.MeteredNode.T0;

import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.proto.Engine;
import io.tokenwatt.model.proto.EngineMetric;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.ScrapeFailure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A node whose set-up is changed between samples, one a second. */
public final class ChangingNode {
  /** One engine and the boards it has. */
  static final class Serving {
    String workload;
    String deployment;
    long startedMs = T0 - 1_000_000;
    Map<String, String> info = new LinkedHashMap<>();
    boolean answers = true;
    int board;
  }

  final Ledger ledger = new Ledger();
  final NodeMeter meter = new NodeMeter(new NodeState(), new PlainNaming(), 0, ledger);
  final List<Serving> engines = new ArrayList<>();
  String driver = "550.1";
  String agentVersion = "1.0";
  long agentRun = SampleBuilder.RUN;
  long[] limitsMw = {700_000, 700_000};
  private long second;
  private long seq;
  final List<NodeSample> log = new ArrayList<>();

  /** A random life's samples, in the order of its log. */
  public static List<NodeSample> life(long seed, int steps) {
    ChangingNode node = new ChangingNode();
    node.live(new Random(seed), steps);
    return node.log;
  }

  ChangingNode() {
    serve("chat", "chat@1", 0);
  }

  Serving serve(String workload, String deployment, int board) {
    Serving serving = new Serving();
    serving.workload = workload;
    serving.deployment = deployment;
    serving.board = board;
    serving.info.put("version", "0.8");
    serving.info.put("max_num_seqs", "256");
    serving.info.put("num_gpu_blocks", "1000");
    engines.add(serving);
    return serving;
  }

  Serving chat() {
    return engines.get(0);
  }

  void restartAgent() {
    agentRun = T0 + 1000 * second;
    seq = 0;
  }

  void skip(int seconds) {
    second += seconds;
  }

  long nowMs() {
    return T0 + 1000 * second;
  }

  /** Takes so many samples; what they told. */
  List<ChangeEvent> run(int samples) {
    int before = ledger.changes.size();
    for (int i = 0; i < samples; i++) {
      second++;
      seq++;
      log.add(sample());
      meter.accept(last(), nowMs() + 50);
    }
    return List.copyOf(ledger.changes.subList(before, ledger.changes.size()));
  }

  NodeSample last() {
    return log.get(log.size() - 1);
  }

  private void live(Random random, int steps) {
    for (int i = 0; i < steps; i++) {
      switch (random.nextInt(9)) {
        case 0 -> driver = random.nextBoolean() ? "550.1" : random.nextBoolean() ? "" : "560";
        case 1 -> limitsMw[random.nextInt(2)] = 400_000 + 100_000 * random.nextInt(4);
        case 2 -> chat().deployment = "chat@" + random.nextInt(3);
        case 3 -> chat().info.put("version", "0." + random.nextInt(3));
        case 4 -> chat().startedMs = nowMs() - random.nextInt(5_000);
        case 5 -> chat().answers = random.nextInt(3) > 0;
        case 6 -> restartAgent();
        case 7 -> skip(random.nextInt(4) == 0 ? 86_380 + random.nextInt(40) : 400);
        default -> run(random.nextInt(100));
      }
      run(random.nextInt(4));
    }
  }

  private NodeSample sample() {
    SampleBuilder builder = SampleBuilder.at(seq, nowMs()).run(agentRun);
    for (int i = 0; i < limitsMw.length; i++) {
      Object[] readings = {
        GpuMetric.GPU_ENERGY_MILLIJOULES,
        1_000_000L + 400_000 * second,
        GpuMetric.GPU_POWER_LIMIT_MILLIWATTS,
        limitsMw[i]
      };
      builder.board(String.valueOf((char) ('a' + i)), readings);
    }
    boolean partial = driver.isEmpty();
    int number = 0;
    for (Serving each : engines) {
      int[] none = {};
      if (each.answers) {
        builder.engine(engine(each, number++));
      }
      builder
          .bind(each.workload, each.answers ? new int[] {builder.engines() - 1} : none, each.board)
          .binding(b -> b.setDeployment(each.deployment));
      partial |= !each.answers;
    }
    NodeSample.Builder sample = builder.build().toBuilder().setAgentVersion(agentVersion);
    sample.getGpusBuilder().setDriverVersion(driver);
    return (partial ? sample.addFailures(ScrapeFailure.newBuilder().setTarget("x")) : sample)
        .build();
  }

  private static Engine engine(Serving each, int number) {
    return Engine.newBuilder()
        .setInstance("engine-" + number)
        .setKind("vllm")
        .setStartedAtMs(each.startedMs)
        .putAllInfo(each.info)
        .addSeries(
            io.tokenwatt.model.proto.EngineSeries.newBuilder()
                .setModelName("llama")
                .addMetrics(EngineMetric.ENGINE_RUNNING)
                .addValues(1))
        .build();
  }
}
