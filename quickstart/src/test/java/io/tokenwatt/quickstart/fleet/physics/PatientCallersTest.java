package io.tokenwatt.quickstart.fleet.physics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PatientCallersTest {
  private static final int CALLERS = 20;
  private static final double THINK_S = 0.5;

  private final SplittableRandom random = new SplittableRandom(7);
  private final PatientCallers callers =
      new PatientCallers(
          CALLERS, THINK_S, new Asked(Traffic.CHAT, 8192, EngineRole.BOTH, random), random, 0);

  @Test
  void nobodyAsksTwiceBeforeTheAnswer() {
    long last = 0;
    for (int i = 0; i < CALLERS; i++) {
      Request request = callers.take();
      assertThat(request.askedUs).isGreaterThanOrEqualTo(last);
      last = request.askedUs;
    }
    assertThat(callers.nextUs()).isEqualTo(Source.NEVER);
    callers.over(last + 1_000_000);
    assertThat(callers.nextUs()).isGreaterThan(last + 1_000_000);
  }

  /** 8,000 exponential waits by 20 callers: the mean's standard error is 1.1 %. */
  @Test
  void theyThinkForAsLongAsTheyAreSaidTo() {
    for (int i = 0; i < 8_000; i++) {
      callers.over(callers.take().askedUs);
    }
    double meanUs = callers.nextUs() / (8_000.0 / CALLERS);
    assertThat(meanUs / 1e6).isCloseTo(THINK_S, within(0.05 * THINK_S));
  }

  /** Little's law, with the rate that the load was planned for. */
  @Test
  void answersThatTakeLongerBringFewerRequestsAndNoMoreAtOnce() {
    Roofline roofline = new Roofline(Hardware.H100, Slice.WHOLE, ServedModel.QWEN_32B, 4);
    int planned = LoadPlan.callers(Traffic.AGENTS, roofline);
    EngineRank free = rank(700);
    EngineRank capped = rank(300);
    List.of(free, capped).forEach(PatientCallersTest::work);
    assertThat(free.running()).isLessThanOrEqualTo(planned);
    assertThat(capped.running() + capped.waiting()).isLessThanOrEqualTo(planned);
    assertThat(capped.lifetimeOutput()).isLessThan(free.lifetimeOutput() * 9 / 10);
  }

  private static void work(EngineRank rank) {
    while (rank.nextUs() < 60_000_000) {
      rank.fire();
    }
  }

  private static EngineRank rank(double watts) {
    EnginePlan plan =
        EnginePlan.vllm(
            "vllm",
            ServedModel.QWEN_32B,
            4,
            IntStream.range(0, 4).mapToObj(i -> new EnginePlan.Place(i, 0)).toList(),
            Traffic.AGENTS,
            Restart.NEVER);
    NodePlan node =
        new NodePlan(
            "n",
            Hardware.H100,
            Collections.nCopies(4, List.of(Slice.WHOLE)),
            1_000_000,
            new Daylight(86_400_000_000L, 0),
            List.of(plan),
            List.of());
    NodePhysics physics = NodeAssembly.build(node, 5, 0, 0);
    physics.inject(new Injection.PowerCap(watts));
    return physics.engines().get(0).ranks().get(0);
  }
}
