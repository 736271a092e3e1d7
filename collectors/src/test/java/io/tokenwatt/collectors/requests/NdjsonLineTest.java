package io.tokenwatt.collectors.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.RequestStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NdjsonLineTest {
  @Test
  void everyFieldArrivesInItsUnit() throws EventRejected {
    RequestEvent event =
        Lines.with(
            """
            "adapter":"law-7b","service_class":"interactive","tenant":"acme","client_region":"eu-west",
            "prompt_tokens":1200,"prompt_tokens_cached":1000,"output_tokens":300,"reasoning_tokens":120,
            "ttft_ms":181.25,"duration_ms":4200,"client_ttft_ms":230,"client_duration_ms":4250.5
            """);
    assertThat(event.getEventId()).isEqualTo("r-1");
    assertThat(event.getCompletedAtMs()).isEqualTo(1763725000123L);
    assertThat(event.getStatus()).isEqualTo(RequestStatus.REQUEST_OK);
    assertThat(event.getModelName()).isEqualTo("llama");
    assertThat(event.getAdapter()).isEqualTo("law-7b");
    assertThat(event.getServiceClass()).isEqualTo("interactive");
    assertThat(event.getClientRegion()).isEqualTo("eu-west");
    assertThat(event.getPromptTokens()).isEqualTo(1200);
    assertThat(event.getPromptTokensCached()).isEqualTo(1000);
    assertThat(event.getOutputTokens()).isEqualTo(300);
    assertThat(event.getReasoningTokens()).isEqualTo(120);
    assertThat(event.getTtftGatewayUs()).isEqualTo(181_250);
    assertThat(event.getE2EGatewayUs()).isEqualTo(4_200_000);
    assertThat(event.getTtftClientUs()).isEqualTo(230_000);
    assertThat(event.getE2EClientUs()).isEqualTo(4_250_500);
    assertThat(event.getLatencyOnly()).isFalse();
  }

  @Test
  void whatIsNotToldIsAbsentAndNotZero() throws EventRejected {
    RequestEvent event = Lines.event("{" + Lines.LEAST + "}");
    assertThat(event.hasPromptTokens()).isFalse();
    assertThat(event.hasOutputTokens()).isFalse();
    assertThat(event.hasTtftGatewayUs()).isFalse();
    assertThat(event.hasE2EClientUs()).isFalse();
    assertThat(event.getTenant()).isEmpty();
    RequestEvent zero = Lines.with("\"output_tokens\":0,\"prompt_tokens\":null");
    assertThat(zero.hasOutputTokens()).isTrue();
    assertThat(zero.hasPromptTokens()).isFalse();
  }

  /** RFC 4231 has no such short key; the value is openssl's: dgst -sha256 -hmac key. */
  @Test
  void aTenantTravelsAsItsKeyedHash() throws EventRejected {
    String quick = "The quick brown fox jumps over the lazy dog";
    assertThat(Lines.with("\"tenant\":\"" + quick + "\"").getTenant())
        .isEqualTo("f7bc83f430538424b13298e6aa6fb143");
  }

  @Test
  void aClientsEventAddsLatencyAndNoRequest() throws EventRejected {
    RequestEvent event = Lines.with("\"vantage\":\"client\",\"ttft_ms\":5,\"duration_ms\":9");
    assertThat(event.getTtftClientUs()).isEqualTo(5_000);
    assertThat(event.hasTtftGatewayUs()).isFalse();
    assertThat(event.getLatencyOnly()).isTrue();
  }

  @Test
  void unknownKeysAreSkippedHoweverTheyAreNested() throws EventRejected {
    RequestEvent event =
        Lines.with(
            "\"messages\":[{\"content\":\"SECRET\",\"model\":\"SECRET\"}],\"user\":\"SECRET\","
                + "\"served_by\":{\"node\":\"n1\",\"model\":\"SECRET\",\"prompt\":\"SECRET\"}");
    assertThat(event.toString()).doesNotContain("SECRET");
    assertThat(event.getModelName()).isEqualTo("llama");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"completed_at_ms\":1,\"status\":\"ok\",\"model\":\"m\"} | missing: event_id",
        "{\"event_id\":\"\",\"completed_at_ms\":1,\"status\":\"ok\",\"model\":\"m\"} | missing: event_id",
        "{\"event_id\":\"a\",\"status\":\"ok\",\"model\":\"m\"} | missing: completed_at_ms",
        "{\"event_id\":\"a\",\"completed_at_ms\":1,\"model\":\"m\"} | missing: status",
        "{\"event_id\":\"a\",\"completed_at_ms\":1,\"status\":\"fine\",\"model\":\"m\"} | bad_value: status",
        "{\"event_id\":\"a\",\"completed_at_ms\":1,\"status\":\"ok\"} | missing: model",
        "{\"event_id\":\"tell me a story\",\"completed_at_ms\":1,\"status\":\"ok\",\"model\":\"m\"} | bad_value: event_id",
        "{\"event_id\":7,\"completed_at_ms\":1,\"status\":\"ok\",\"model\":\"m\"} | bad_value: event_id",
        "[1] | not_an_object",
        "{\"event_id\": | not_json",
        "{} {} | not_json",
        "nonsense | not_json"
      })
  void aBadLineSaysWhatIsWrongAndNoValue(String line, String reason) {
    assertThat(Lines.rejection(line)).isEqualTo(reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"output_tokens\":-1 | bad_value: output_tokens",
        "\"output_tokens\":1.5 | bad_value: output_tokens",
        "\"output_tokens\":1e300 | bad_value: output_tokens",
        "\"output_tokens\":\"many\" | bad_value: output_tokens",
        "\"output_tokens\":[1] | bad_value: output_tokens",
        "\"ttft_ms\":\"NaN\" | bad_value: ttft_ms",
        "\"duration_ms\":604800001 | bad_value: duration_ms",
        "\"ttft_ms\":10,\"duration_ms\":9 | more_than_whole: ttft_ms",
        "\"prompt_tokens\":1,\"prompt_tokens_cached\":2 | more_than_whole: prompt_tokens_cached",
        "\"output_tokens\":1,\"reasoning_tokens\":2 | more_than_whole: reasoning_tokens",
        "\"vantage\":\"moon\" | bad_value: vantage",
        "\"model\":\"tell me a story\" | bad_value: model",
        "\"output_tokens\":\"7\" | taken"
      })
  void valuesAreBounded(String field, String reason) {
    assertThat(Lines.rejection("{" + Lines.LEAST + "," + field + "}")).isEqualTo(reason);
  }
}
