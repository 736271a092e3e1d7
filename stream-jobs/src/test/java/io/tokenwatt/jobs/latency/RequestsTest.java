package io.tokenwatt.jobs.latency;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.jobs.node.Naming;
import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.RequestSketch;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.RequestStatus;
import io.tokenwatt.model.proto.Resolution;
import io.tokenwatt.model.proto.Server;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RequestsTest {
  private static final long NOW = 1_763_725_003_000L;

  /** Names with a mark, so that it shows what was named. */
  private static final Naming NAMING =
      new Naming() {
        @Override
        public String hardware(String modelName) {
          return "hw:" + modelName;
        }

        @Override
        public long peakMegabytesPerSecond(String hardware) {
          return 0;
        }

        @Override
        public String model(String servedName) {
          return "m:" + servedName;
        }

        @Override
        public String precision(String servedName) {
          return "p:" + servedName;
        }
      };

  private static RequestEvent.Builder event(RequestStatus status) {
    return RequestEvent.newBuilder()
        .setEventId("e")
        .setCompletedAtMs(NOW)
        .setStatus(status)
        .setModelName("llama")
        .setServiceClass("interactive")
        .setServer(
            Server.newBuilder()
                .setResolution(Resolution.RESOLUTION_LOCAL)
                .setBoardName("H100")
                .setWorkload("chat"));
  }

  private static EventPart part(RequestEvent.Builder event, Slo... slos) {
    return new Requests(NAMING, () -> new SloBook(List.of(slos))).part(event.build(), NOW);
  }

  /** The amounts that are not 0, by column. */
  private static Map<String, Long> amounts(EventPart part) {
    Map<String, Long> amounts = new TreeMap<>();
    for (RequestMeasure measure : RequestMeasure.values()) {
      if (part.amounts()[measure.ordinal()] != 0) {
        amounts.put(measure.column(), part.amounts()[measure.ordinal()]);
      }
    }
    return amounts;
  }

  private static Slo slo(
      String name, String model, String serviceClass, RequestSketch what, long us) {
    return new Slo(name, model, serviceClass, what, us, 0, 7);
  }

  @Test
  void tokensCountWhereTheyAreToldAndCompanionsSayThatTheyWere() {
    EventPart part =
        part(
            event(RequestStatus.REQUEST_OK)
                .setPromptTokens(1200)
                .setPromptTokensCached(1000)
                .setOutputTokens(0));
    assertThat(amounts(part))
        .isEqualTo(
            Map.of(
                "requests", 1L,
                "requests_ok", 1L,
                "prompt_tokens", 1200L,
                "requests_prompt_known", 1L,
                "prompt_tokens_cached", 1000L,
                "prompt_tokens_cached_known", 1200L,
                "requests_cached_known", 1L,
                "requests_output_known", 1L));
    assertThat(part.windowStartMs()).isEqualTo(1_763_725_000_000L);
    assertThat(part.cell().hardware()).isEqualTo("hw:H100");
    assertThat(part.cell().model()).isEqualTo("m:llama");
    assertThat(part.cell().precision()).isEqualTo("p:llama");
  }

  @Test
  void timePerOutputTokenIsDerivedFromTheOtherTwo() {
    EventPart part =
        part(
            event(RequestStatus.REQUEST_OK)
                .setTtftGatewayUs(200_000)
                .setE2EGatewayUs(2_180_000)
                .setOutputTokens(100));
    assertThat(part.buckets()[RequestSketch.TPOT_GATEWAY.ordinal()])
        .isEqualTo(LogBuckets.index(20_000));
    assertThat(amounts(part))
        .containsEntry("tpot_gateway_us", 20_000L)
        .containsEntry("e2e_gateway_us", 2_180_000L);
    EventPart one =
        part(
            event(RequestStatus.REQUEST_OK)
                .setTtftGatewayUs(200_000)
                .setE2EGatewayUs(2_180_000)
                .setOutputTokens(1));
    assertThat(one.buckets()[RequestSketch.TPOT_GATEWAY.ordinal()]).isEqualTo(-1);
  }

  @Test
  void aFailureIsNoGoodLatency() {
    EventPart part = part(event(RequestStatus.REQUEST_ERROR).setE2EGatewayUs(3_000));
    assertThat(Arrays.stream(part.buckets()).max()).hasValue(-1);
    assertThat(amounts(part))
        .isEqualTo(Map.of("requests", 1L, "requests_error", 1L, "failed_gateway", 1L));
  }

  @Test
  void aLatencyOnlyEventCountsNoRequestAndNoToken() {
    EventPart part =
        part(
            event(RequestStatus.REQUEST_OK)
                .setLatencyOnly(true)
                .setByClient(true)
                .setOutputTokens(50)
                .setE2EClientUs(4_000_000),
            slo("a", "", "", RequestSketch.E2E_CLIENT, 1));
    assertThat(amounts(part)).isEqualTo(Map.of("e2e_client_us", 4_000_000L));
    assertThat(part.buckets()[RequestSketch.E2E_CLIENT.ordinal()]).isPositive();
  }

  @Test
  void aRequestIsGoodInsideAllTargetsTogether() {
    Slo ttft = slo("a", "m:llama", "", RequestSketch.TTFT_GATEWAY, 200_000);
    Slo e2e = slo("b", "", "interactive", RequestSketch.E2E_GATEWAY, 5_000_000);
    RequestEvent.Builder event = event(RequestStatus.REQUEST_OK).setOutputTokens(9);

    EventPart good = part(event.setTtftGatewayUs(200_000).setE2EGatewayUs(5_000_000), ttft, e2e);
    assertThat(amounts(good))
        .containsEntry("requests_judged", 1L)
        .containsEntry("requests_good", 1L)
        .containsEntry("output_tokens_judged", 9L)
        .containsEntry("output_tokens_good", 9L);
    assertThat(good.sloVersion()).isEqualTo(7);
    assertThat(amounts(part(event.setE2EGatewayUs(5_000_001), ttft, e2e)))
        .containsEntry("requests_judged", 1L)
        .doesNotContainKey("requests_good");
    assertThat(amounts(part(event.clearE2EGatewayUs(), ttft, e2e)))
        .as("inside one target, the other unknown")
        .doesNotContainKey("requests_judged");
    assertThat(amounts(part(event.setTtftGatewayUs(200_001), ttft, e2e)))
        .as("outside one target, the other unknown")
        .containsEntry("requests_judged", 1L);
    assertThat(amounts(part(event(RequestStatus.REQUEST_ABORTED), ttft, e2e)))
        .as("failed")
        .containsEntry("requests_judged", 1L)
        .doesNotContainKey("requests_good");
  }

  @Test
  void theMostParticularTargetCountsFromItsTimeOn() {
    Slo any = slo("any", "", "", RequestSketch.TTFT_GATEWAY, 100);
    Slo model = slo("model", "m:llama", "", RequestSketch.TTFT_GATEWAY, 300_000);
    Slo later =
        new Slo("model", "m:llama", "", RequestSketch.TTFT_GATEWAY, 0, NOW - 10, 8); // given up
    SloBook book = new SloBook(List.of(any, model, later));
    assertThat(book.inForce("m:llama", "x", NOW - 11).values()).containsExactly(model);
    assertThat(book.inForce("m:llama", "x", NOW).values()).containsExactly(any);
    assertThat(book.inForce("m:qwen", "x", NOW).values()).containsExactly(any);
  }
}
