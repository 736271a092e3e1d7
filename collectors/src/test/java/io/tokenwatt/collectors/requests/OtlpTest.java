package io.tokenwatt.collectors.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.RequestStatus;
import io.tokenwatt.model.proto.otlp.AnyValue;
import io.tokenwatt.model.proto.otlp.ExportTraceServiceRequest;
import io.tokenwatt.model.proto.otlp.ExportTraceServiceResponse;
import io.tokenwatt.model.proto.otlp.KeyValue;
import io.tokenwatt.model.proto.otlp.Span;
import io.tokenwatt.model.proto.otlp.SpanKind;
import io.tokenwatt.model.proto.otlp.Status;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Spans as SDKs and vLLM send them, over real sockets to a real broker. */
class OtlpTest {
  private static final String TRACE = "5b8efff798038103d269b633813fc60c";
  private static EmbeddedKafka kafka;

  @BeforeAll
  static void start() {
    kafka = EmbeddedKafka.start(KafkaOptions.throwaway());
    kafka.createTopic(Topics.REJECTS, 1, Map.of());
  }

  @AfterAll
  static void stop() {
    kafka.close();
  }

  private static Intake intake(String topic) throws IOException {
    return new Intake(kafka, topic, Optional.empty(), List.of());
  }

  /** In the words of the OTLP specification's JSON example, with the conventions' attributes. */
  private static final String JSON =
      """
      {"resourceSpans":[{"scopeSpans":[{"scope":{"name":"s"},"spans":[
        {"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B174","parentSpanId":"EEE19B7EC3C1B173",
         "name":"chat llama","startTimeUnixNano":"1544712660000000000","endTimeUnixNano":1544712661250000000,"kind":3,
         "attributes":[
           {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
           {"value":{"stringValue":"llama-3"},"key":"gen_ai.request.model"},
           {"key":"gen_ai.usage.input_tokens","value":{"intValue":"100"}},
           {"key":"gen_ai.usage.cache_read.input_tokens","value":{"intValue":60}},
           {"key":"gen_ai.usage.output_tokens","value":{"intValue":"20"}},
           {"key":"gen_ai.usage.reasoning.output_tokens","value":{"intValue":"5"}},
           {"key":"gen_ai.response.time_to_first_chunk","value":{"doubleValue":0.25}},
           {"key":"gen_ai.input.messages","value":{"stringValue":"[{\\"content\\":\\"SECRET\\"}]"}},
           {"key":"user.id","value":{"stringValue":"SECRET"}}],
         "events":[{"name":"gen_ai.content.prompt","attributes":[{"key":"gen_ai.prompt","value":{"stringValue":"SECRET"}}]}],
         "status":{"message":"SECRET"}},
        {"traceId":"5B8EFFF798038103D269B633813FC60C","spanId":"EEE19B7EC3C1B175","name":"execute_tool",
         "startTimeUnixNano":"1","endTimeUnixNano":"2","attributes":[
           {"key":"gen_ai.operation.name","value":{"stringValue":"execute_tool"}}]},
        {"traceId":"","spanId":"EEE19B7EC3C1B176","startTimeUnixNano":"1","endTimeUnixNano":"2","attributes":[
           {"key":"gen_ai.request.model","value":{"stringValue":"llama-3"}}]}
        ]}],"resource":{"attributes":[
           {"key":"tokenwatt.client_region","value":{"stringValue":"eu-west"}},
           {"key":"host.name","value":{"stringValue":"SECRET"}}]}}]}
      """;

  @Test
  void aClientSpanInJsonBecomesItsEventAndNothingElseOfIt() throws IOException {
    try (Intake intake = intake("json")) {
      byte[] body = JSON.getBytes(StandardCharsets.UTF_8);
      HttpResponse<byte[]> answer = intake.sender.send("/v1/traces", "application/json", body);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Sender.text(answer))
          .isEqualTo(
              "{\"partialSuccess\":{\"rejectedSpans\":\"1\",\"errorMessage\":\"first: span 3, missing: event_id\"}}");
      RequestEvent event = intake.events(1).get(0);
      assertThat(event.getEventId()).isEqualTo(TRACE + ":eee19b7ec3c1b174");
      assertThat(event.getCompletedAtMs()).isEqualTo(1544712661250L);
      assertThat(event.getE2EClientUs()).isEqualTo(1_250_000);
      assertThat(event.getTtftClientUs()).isEqualTo(250_000);
      assertThat(event.getPromptTokens()).isEqualTo(100);
      assertThat(event.getPromptTokensCached()).isEqualTo(60);
      assertThat(event.getOutputTokens()).isEqualTo(20);
      assertThat(event.getReasoningTokens()).isEqualTo(5);
      assertThat(event.getClientRegion()).isEqualTo("eu-west");
      assertThat(event.getLatencyOnly()).isTrue();
      assertThat(event.toString()).doesNotContain("SECRET");
      assertThat(intake.outcome("ignored")).isEqualTo(1);
    }
  }

  private static KeyValue attribute(String key, Object value) {
    AnyValue.Builder any = AnyValue.newBuilder();
    if (value instanceof String text) {
      any.setStringValue(text);
    } else if (value instanceof Double number) {
      any.setDoubleValue(number);
    } else {
      any.setIntValue(((Number) value).longValue());
    }
    return KeyValue.newBuilder().setKey(key).setValue(any).build();
  }

  private static Span.Builder vllm(int span) {
    return Span.newBuilder()
        .setTraceId(ByteString.copyFrom(HexFormat.of().parseHex(TRACE)))
        .setSpanId(ByteString.copyFrom(new byte[] {0, 0, 0, 0, 0, 0, 0, (byte) span}))
        .setKind(SpanKind.SPAN_KIND_SERVER)
        .setStartTimeUnixNano(1544712660000000000L)
        .setEndTimeUnixNano(1544712663000000000L)
        .addAttributes(attribute("gen_ai.response.model", "llama-3"))
        .addAttributes(attribute("gen_ai.usage.prompt_tokens", 30))
        .addAttributes(attribute("gen_ai.usage.completion_tokens", 40))
        .addAttributes(attribute("gen_ai.latency.time_to_first_token", 0.125))
        .addAttributes(attribute("tokenwatt.service_class", "batch"));
  }

  @Test
  void vllmsServerSpansInProtobufCountAsTheGateways() throws IOException {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .addScopeSpansBuilder()
        .addSpans(vllm(1))
        .addSpans(vllm(2).setStatus(Status.newBuilder().setCode(2)))
        .addSpans(vllm(3).addAttributes(attribute("error.type", "timeout")));
    try (Intake intake = intake("proto")) {
      HttpResponse<byte[]> answer =
          intake.sender.send(
              "/v1/traces",
              "application/x-protobuf",
              Sender.gzip(request.build().toByteArray()),
              "Content-Encoding",
              "gzip");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(ExportTraceServiceResponse.parseFrom(answer.body()).hasPartialSuccess()).isFalse();
      List<RequestEvent> events = intake.events(3);
      assertThat(events)
          .extracting(RequestEvent::getStatus)
          .containsExactly(
              RequestStatus.REQUEST_OK, RequestStatus.REQUEST_ERROR, RequestStatus.REQUEST_ABORTED);
      RequestEvent first = events.get(0);
      assertThat(first.getLatencyOnly()).isFalse();
      assertThat(first.getTtftGatewayUs()).isEqualTo(125_000);
      assertThat(first.getE2EGatewayUs()).isEqualTo(3_000_000);
      assertThat(first.getPromptTokens()).isEqualTo(30);
      assertThat(first.getOutputTokens()).isEqualTo(40);
      assertThat(first.getServiceClass()).isEqualTo("batch");
    }
  }

  @Test
  void anythingElseIsRefusedAndNotQuoted() throws IOException {
    try (Intake intake = intake("broken")) {
      for (String body :
          List.of("SECRET", "{\"resourceSpans\":[{\"scopeSpans\":\"SECRET\"}]}", "[]")) {
        HttpResponse<byte[]> answer =
            intake.sender.send(
                "/v1/traces", "application/json", body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Sender.text(answer)).doesNotContain("SECRET");
      }
      assertThat(
              intake
                  .sender
                  .send("/v1/traces", "application/x-protobuf", new byte[] {1, 2, 3})
                  .statusCode())
          .isEqualTo(400);
    }
  }
}
