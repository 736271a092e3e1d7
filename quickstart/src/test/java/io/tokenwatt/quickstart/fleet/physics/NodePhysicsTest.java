package io.tokenwatt.quickstart.fleet.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NodePhysicsTest {
  private static final long START = 1_795_000_003_217_000L;
  private static final long MINUTE = 60_000_000;

  @Test
  void theStateAtAnInstantDoesNotDependOnHowOftenOneLooked() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    NodePhysics once = node(Restart.NEVER);
    NodePhysics often = node(Restart.NEVER);
    once.advance(START + MINUTE);
    for (long at = START; at < START + MINUTE; at += random.nextLong(1, 900_000)) {
      often.advance(at);
    }
    often.advance(START + MINUTE);
    assertThat(often.edges()).as("seed " + seed).isEqualTo(once.edges()).hasSize(6);
    assertThat(often.collector().readings().get(0).energyMj())
        .isEqualTo(once.collector().readings().get(0).energyMj());
    assertThat(counters(often).outputTokens()).isEqualTo(counters(once).outputTokens());
  }

  @Test
  void countersFallOnlyAtTheCrashAndTheTruthGoesOn() {
    NodePhysics node = node(new Restart(START + 20_000_000, START + 30_000_000));
    long last = 0;
    int falls = 0;
    for (long at = START; at <= START + MINUTE; at += 500_000) {
      node.advance(at);
      long output = counters(node).outputTokens();
      falls += output < last ? 1 : 0;
      assertThat(output >= last || at == START + 20_000_000).as("at " + (at - START)).isTrue();
      last = output;
    }
    assertThat(falls).isEqualTo(1);
    List<Edge> edges = node.edges();
    for (int i = 1; i < edges.size(); i++) {
      assertThat(edges.get(i).outputTokens().get("vllm"))
          .isGreaterThanOrEqualTo(edges.get(i - 1).outputTokens().get("vllm"));
    }
    assertThat(edges.get(edges.size() - 1).outputTokens().get("vllm")).isGreaterThan(last);
  }

  @Test
  void anEngineThatIsDownLeavesItsBoardsAtBareIdle() {
    NodePhysics node = node(new Restart(START + 5_000_000, START + MINUTE));
    node.advance(START + 20_000_000);
    BoardReading reading = node.collector().readings().get(0);
    assertThat(reading.watts()).isBetween(0.95 * 68, 1.05 * 68);
    assertThat(reading.slices().get(0).usedMib()).isZero();
    assertThat(node.engines().get(0).up()).isFalse();
  }

  @Test
  void requestsAreServedWithoutLoss() {
    NodePhysics node = node(Restart.NEVER);
    node.advance(START + 10 * MINUTE);
    EngineCounters counters = counters(node);
    EngineRank rank = node.engines().get(0).ranks().get(0);
    assertThat(counters.finished()).isGreaterThan(500);
    assertThat(counters.ttft.total() - counters.finished()).isBetween(0L, (long) rank.running());
    assertThat(counters.generationTokens.sum()).isLessThanOrEqualTo(counters.outputTokens());
    assertThat(counters.promptTokens.sum()).isLessThanOrEqualTo(counters.promptTokens());
  }

  @Test
  void everyTokenBelongsToARequestThatEndedOrIsUnderWay() {
    NodePhysics node = node(new Restart(START + 20_000_000, START + 30_000_000));
    EngineProcess engine = node.engines().get(0);
    engine.log().open();
    node.advance(START + 3 * MINUTE);
    List<FinishedRequest> ended = engine.log().drain();
    long told = ended.stream().mapToLong(FinishedRequest::outputTokens).sum();
    assertThat(told + engine.ranks().get(0).unfinishedTokens()).isEqualTo(engine.lifetimeOutput());
    assertThat(ended.stream().filter(r -> r.ending() == FinishedRequest.Ending.ERROR))
        .as("broken off by the crash, or refused while it was down")
        .hasSizeGreaterThan(20);
    assertThat(ended)
        .allSatisfy(r -> assertThat(r.endedUs()).isGreaterThanOrEqualTo(r.firstTokenUs()));
  }

  @Test
  void aModelThatDoesNotFitIsRefusedByName() {
    EnginePlan engine =
        EnginePlan.vllm("vllm", ServedModel.LLAMA_70B, 1, places(1), Traffic.CHAT, Restart.NEVER);
    assertThatThrownBy(() -> NodeAssembly.build(plan(engine), 1, START, 0))
        .hasMessageContaining("Llama-3.3-70B");
  }

  private static EngineCounters counters(NodePhysics node) {
    return node.engines().get(0).ranks().get(0).counters();
  }

  private static NodePhysics node(Restart restart) {
    EnginePlan engine =
        EnginePlan.vllm("vllm", ServedModel.LLAMA_8B, 1, places(1), Traffic.CHAT, restart);
    return NodeAssembly.build(plan(engine), 7, START, 100);
  }

  private static NodePlan plan(EnginePlan engine) {
    Daylight daylight = new Daylight(24 * 60 * MINUTE, 0);
    return new NodePlan(
        "n1",
        Hardware.H100,
        List.of(List.of(Slice.WHOLE)),
        1_000_000,
        daylight,
        List.of(engine),
        List.of());
  }

  private static List<EnginePlan.Place> places(int boards) {
    return IntStream.range(0, boards).mapToObj(i -> new EnginePlan.Place(i, 0)).toList();
  }
}
