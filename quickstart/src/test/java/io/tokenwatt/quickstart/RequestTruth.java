package io.tokenwatt.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.Resolution;
import io.tokenwatt.quickstart.fleet.gateway.SentEvents;
import io.tokenwatt.quickstart.fleet.gateway.SentEvents.Sum;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Request events: what the gateways sent, in Kafka and in the facts. */
interface RequestTruth extends RunOfQuickstart {
  @Test
  default void everyEventThatTheIntakeTookIsInKafkaWithItsTokensAndItsServer() throws Exception {
    List<RequestEvent> events = run().events();
    SentEvents sent = run().sentEvents();
    assertThat(events.stream().map(RequestEvent::getEventId)).doesNotHaveDuplicates();
    assertThat(events)
        .hasSize((int) sent.byEnding().values().stream().mapToLong(Sum::requests).sum())
        .hasSizeGreaterThan(5_000);
    assertThat(events.stream().mapToLong(RequestEvent::getOutputTokens).sum())
        .isEqualTo(sent.byEnding().values().stream().mapToLong(Sum::outputTokens).sum());
    assertThat(events.stream().mapToLong(RequestEvent::getReasoningTokens).sum())
        .isEqualTo(sent.byEnding().values().stream().mapToLong(Sum::reasoningTokens).sum())
        .isPositive();
    assertThat(events)
        .allSatisfy(
            e -> assertThat(e.getServer().getResolution()).isEqualTo(Resolution.RESOLUTION_LOCAL));
    assertThat(events.stream().map(e -> e.getServer().getBoardName()).distinct())
        .contains("AMD Instinct MI300X OAM", "NVIDIA H200");
  }

  @Test
  default void requestFactsAreTheEventsThatWereSent() {
    SentEvents sent = run().sentEvents();
    Map<String, Sum> byRegion = sent.byClientRegion();
    assertThat(requests("client_region", "requests")).isEqualTo(each(byRegion, Sum::requests));
    assertThat(requests("client_region", "prompt_tokens"))
        .isEqualTo(each(byRegion, Sum::promptTokens));
    assertThat(requests("client_region", "prompt_tokens_cached"))
        .isEqualTo(each(byRegion, Sum::cachedTokens));
    assertThat(requests("concat(workload, ' ', tenant)", "output_tokens"))
        .isEqualTo(each(sent.byTenant(), Sum::outputTokens));
    assertThat(requests("concat(workload, ' ', tenant)", "reasoning_tokens"))
        .isEqualTo(each(sent.byTenant(), Sum::reasoningTokens));
    assertThat(
            Map.of(
                "OK", requests("''", "requests_ok").get(""),
                "ERROR", requests("''", "requests_error").get(""),
                "ABORTED", requests("''", "requests_aborted").get("")))
        .isEqualTo(each(sent.byEnding(), Sum::requests));
  }

  private Map<String, Long> requests(String key, String measure) {
    return run().sums(key, "sum(" + measure + ")", "request_10s", "1");
  }

  private static Map<String, Long> each(Map<String, Sum> sums, ToLongFunction<Sum> measure) {
    Map<String, Long> each = new TreeMap<>();
    sums.forEach((key, sum) -> each.put(key, measure.applyAsLong(sum)));
    return each;
  }

  @Test
  default void tokensOfEventsAreTokensOfEnginesButForRequestsUnderWay() throws Exception {
    for (String name : List.of("e1-h100", "e3-b200", "s2-h200")) {
      List<RequestEvent> told =
          run().events().stream().filter(e -> e.getEventId().startsWith(name + "/vllm/")).toList();
      long firstMs = told.stream().mapToLong(RequestEvent::getCompletedAtMs).min().orElseThrow();
      List<Readings.Reading> counted = run().node(name).outputTokens.get("vllm").all();
      long before =
          counted.stream()
              .filter(r -> r.servedMs() <= firstMs)
              .mapToLong(Readings.Reading::growth)
              .max()
              .orElse(0);
      // Requests of some seconds, over more than half a minute: what is under way at both ends
      // differs.
      assertThat((double) told.stream().mapToLong(RequestEvent::getOutputTokens).sum())
          .as(name)
          .isCloseTo(counted.get(counted.size() - 1).growth() - before, withinPercentage(30));
    }
  }
}
