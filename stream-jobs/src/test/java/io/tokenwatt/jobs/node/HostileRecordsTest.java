package io.tokenwatt.jobs.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.embedded.fuzz.FuzzRun;
import io.tokenwatt.embedded.fuzz.Spoiler;
import io.tokenwatt.jobs.changes.ToldCheck;
import io.tokenwatt.jobs.latency.EventCheck;
import io.tokenwatt.jobs.latency.Requests;
import io.tokenwatt.jobs.latency.SloBook;
import io.tokenwatt.jobs.power.PowerBook;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.NodeRow;
import io.tokenwatt.model.proto.ChangeEvent;
import io.tokenwatt.model.proto.ChangeKind;
import io.tokenwatt.model.proto.ChangeScope;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.RequestStatus;
import io.tokenwatt.model.proto.Server;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Whatever lies in a topic, the job reads on: a record is taken, or rejected with a reason. */
class HostileRecordsTest {
  private static final long START_MS = 1_763_725_000_000L;
  private static final List<String> WORDS = List.of("GPU-5fd4", "eu", "llama", "%s", "'", "\"");

  private static final class Nowhere implements FactOutput {
    @Override
    public void cell(CellPart part) {}

    @Override
    public void gpu(GpuRow row) {}

    @Override
    public void engine(EngineRow row) {}

    @Override
    public void node(NodeRow row) {}

    @Override
    public void intake(IntakeRow row) {}
  }

  /** One node's log, good and spoilt records in turn, as stage 1 reads it. */
  @Test
  void spoiltSamplesAreRejectedOrMeteredAndTheMeterGoesOn() throws InterruptedException {
    List<RandomNode.Logged> life = new RandomNode(FuzzRun.seed(), 200, START_MS).log;
    List<byte[]> good = life.stream().map(logged -> logged.sample().toByteArray()).toList();
    String node = life.get(0).sample().getNode().getNode();
    Spoiler spoiler = new Spoiler(FuzzRun.seed(), good, WORDS);
    NodeMeter[] meter = {meter()};
    int[] counted = {0, 0};
    new FuzzRun("node-samples", 4_000)
        .over(
            n -> {
              RandomNode.Logged due = life.get((int) (n % life.size()));
              return n % 2 == 0
                  ? spoiler.input(n, due.sample().toByteArray())
                  : Contradictions.in(due.sample(), new SplittableRandom(n)).toByteArray();
            },
            input -> {
              RandomNode.Logged due = life.get(counted[0]++ % life.size());
              counted[1] += take(meter[0], node, input, due.recordMs());
              meter[0].accept(due.sample(), due.recordMs());
              meter[0].advance(due.recordMs() - 1);
              if (counted[0] % life.size() == 0) {
                meter[0].advance(due.recordMs() + 86_400_000L);
                meter[0] = meter();
              }
            });
    assertThat(counted[1]).as("spoilt samples that were metered").isGreaterThan(counted[0] / 20);
  }

  private static NodeMeter meter() {
    return new NodeMeter(new NodeState(), new PlainNaming(), PowerBook.EMPTY, 0, new Nowhere());
  }

  /** 1 = the sample was metered. */
  private static int take(NodeMeter meter, String node, byte[] input, long recordMs) {
    SampleCheck.Result read = SampleCheck.decode(node, input);
    assertThat(read.sample().isPresent() || !read.reason().isEmpty()).isTrue();
    NodeMeter.Verdict verdict =
        read.sample().isPresent()
            ? meter.accept(read.sample().get(), recordMs)
            : meter.reject(node, recordMs);
    return verdict.outcome() == IntakeOutcome.COUNTED ? 1 : 0;
  }

  @Test
  void spoiltRequestEventsAreRejectedOrCounted() throws InterruptedException {
    RequestEvent event =
        RequestEvent.newBuilder()
            .setEventId("r-1")
            .setCompletedAtMs(START_MS)
            .setAgent("a")
            .setModelName("llama-3.3-70b")
            .setServiceClass("interactive")
            .setTenant("t")
            .setStatus(RequestStatus.REQUEST_OK)
            .setPromptTokens(300)
            .setOutputTokens(90)
            .setTtftGatewayUs(120_000)
            .setE2EGatewayUs(5_000_000)
            .setServer(Server.newBuilder().setRegion("eu").setBoardName("NVIDIA H100 80GB HBM3"))
            .build();
    Requests requests = new Requests(new PlainNaming(), () -> SloBook.EMPTY);
    Spoiler spoiler = new Spoiler(FuzzRun.seed(), List.of(event.toByteArray()), WORDS);
    new FuzzRun("request-events", 20_000)
        .over(
            spoiler::input,
            input -> {
              EventCheck.Result read = EventCheck.decode("r-1", input, START_MS + 500);
              assertThat(read.event().isPresent()).isEqualTo(read.reason().isEmpty());
              read.event().ifPresent(taken -> requests.part(taken, START_MS + 500));
            });
  }

  @Test
  void spoiltChangesAreRejectedOrTaken() throws InterruptedException {
    ChangeEvent change =
        ChangeEvent.newBuilder()
            .setEventId("c-1")
            .setTimeMs(START_MS)
            .setKind(ChangeKind.CHANGE_ACCEPT)
            .setScope(ChangeScope.newBuilder().setRegion("eu").setWorkload("chat"))
            .setTitle("accepted")
            .setActor("me")
            .setRegression("17")
            .build();
    Spoiler spoiler = new Spoiler(FuzzRun.seed(), List.of(change.toByteArray()), WORDS);
    new FuzzRun("change-events", 20_000)
        .over(
            spoiler::input,
            input -> {
              ToldCheck.Result read = ToldCheck.decode("c-1", input, START_MS + 500);
              assertThat(read.event().isPresent()).isEqualTo(read.reason().isEmpty());
            });
  }
}
