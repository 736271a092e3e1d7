package io.tokenwatt.collectors.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tokenwatt.collectors.clock.BrokerSkew;
import io.tokenwatt.collectors.clock.Moment;
import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.http.Health;
import io.tokenwatt.collectors.publish.KafkaSpec;
import io.tokenwatt.collectors.scrape.Peer;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.model.proto.NodeSample;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Somebody sets the machine's clock while the agent runs. */
class AgentClockTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long HOUR = 3_600_000;

  private static final long WALL = 1_700_000_000_000L;

  /** A millisecond passes from one look at the clocks to the next. */
  private final AtomicLong looks = new AtomicLong();

  private final AtomicLong setBy = new AtomicLong();
  private final BrokerSkew skew = new BrokerSkew();
  private final RecordingSink sink = new RecordingSink();

  private Agent agent(Peer peer) {
    Supplier<Moment> clock =
        () -> {
          long steady = looks.incrementAndGet();
          return new Moment(steady, WALL + steady + setBy.get());
        };
    NodePlan plan = NodePlan.of(NodeSpec.of("n1", "eu"), List.of(TargetSpec.of("t", peer.url())));
    AgentConfig config =
        AgentConfig.of(List.of(plan), KafkaSpec.of("127.0.0.1:1")).withTick(Duration.ofMillis(200));
    return Agent.start(config, (counters, health) -> sink, 1, clock, skew);
  }

  private void awaitRecords(int more) {
    int before = sink.samples.size();
    await().atMost(PATIENCE).until(() -> sink.samples.size() >= before + more);
  }

  private List<Long> jumps() {
    return sink.samples.stream().map(NodeSample::getClockJumpMs).filter(ms -> ms != 0).toList();
  }

  @Test
  void aClockThatIsSetIsCountedShownAndToldInTheFirstRecordAfterIt() {
    try (Peer peer = Peer.text(ExporterTexts.dcgm(1, 1));
        Agent agent = agent(peer)) {
      awaitRecords(3);
      assertThat(jumps()).isEmpty();
      setBy.set(HOUR);
      awaitRecords(5);
      setBy.set(0);
      awaitRecords(5);

      assertThat(jumps()).containsExactly(HOUR, -HOUR);
      assertThat(agent.counters().value(ClockWatch.JUMPS, "direction", "forward")).isOne();
      assertThat(agent.counters().value(ClockWatch.JUMPS, "direction", "backward")).isOne();
      Health.Component clock = agent.health().components().get(ClockWatch.COMPONENT);
      assertThat(clock.state()).isEqualTo(Health.State.DOWN);
      assertThat(clock.lastError()).contains("was set backward by 3600.000 s");
      assertThat(agent.health().status()).isEqualTo("degraded");
    }
  }

  @Test
  void aClockThatIsOffTheBrokersIsToldInEveryRecordUntilItIsRight() {
    try (Peer peer = Peer.text(ExporterTexts.dcgm(1, 1));
        Agent agent = agent(peer)) {
      awaitRecords(2);
      skew.learn(100_000, 94_000, 100_010);
      await().atMost(PATIENCE).until(() -> sink.last().getClockSkewMs() == 6000);
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  agent
                      .health()
                      .components()
                      .get("clock")
                      .lastError()
                      .contains("off the broker's"));
      skew.learn(100_000, 100_005, 100_010);
      await().atMost(PATIENCE).until(() -> sink.last().getClockSkewMs() == 0);
      await()
          .atMost(PATIENCE)
          .until(() -> agent.health().components().get("clock").state() == Health.State.UP);
    }
  }
}
