package io.tokenwatt.collectors.requests;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.tokenwatt.collectors.publish.SampleSink;
import io.tokenwatt.embedded.fuzz.FuzzRun;
import io.tokenwatt.embedded.fuzz.Spoiler;
import io.tokenwatt.model.proto.NodeSample;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.otlp.AnyValue;
import io.tokenwatt.model.proto.otlp.ExportTraceServiceRequest;
import io.tokenwatt.model.proto.otlp.KeyValue;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever a sender sends: events that fit into the log, or a refusal; nothing else. */
class HostileIntakeTest {
  private static final List<String> WORDS =
      List.of(
          "\"",
          "\\",
          "\\u0000",
          "\\ud800",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          "null",
          "true",
          "1e999",
          "-1",
          "9223372036854775808",
          "0.5",
          "\"status\"",
          "\"event_id\"",
          "\"tenant\":",
          "{\"a\":",
          "[[[[[[[[",
          "\"attributes\":[",
          "\"stringValue\":",
          "\"intValue\":\"",
          "gen_ai.");

  private static final IntakeParts PARTS =
      new IntakeParts(
          new RequestsSpec(
              new InetSocketAddress(0),
              Optional.empty(),
              Optional.empty(),
              Vantage.GATEWAY,
              RequestsSpec.DEFAULT_MAX_BODY,
              "t",
              List.of(),
              Told.NOTHING),
          Lines.KEY,
          new ServerMemory(new Nowhere(), List.of()),
          "agent");

  private static final class Nowhere implements SampleSink {
    @Override
    public void publish(NodeSample sample) {}

    @Override
    public void close() {}
  }

  private static void assertWhole(Batch batch) {
    for (RequestEvent event : batch.events) {
      assertThat(event.getEventId()).isNotEmpty();
      // A label is bounded before it travels; 16 KiB is far beyond all of them together.
      assertThat(event.getSerializedSize()).isLessThan(16 << 10);
    }
  }

  @Test
  void spoiltLinesAreTakenOrRejectedOneByOne() throws InterruptedException {
    String full =
        "{"
            + Lines.LEAST
            + ",\"tenant\":\"t\",\"service_class\":\"batch\",\"prompt_tokens\":300,\"output_tokens\":90,"
            + "\"ttft_ms\":120.5,\"served_by\":{\"node\":\"n1\",\"instance\":\"vllm\"}}";
    Spoiler spoiler =
        Spoiler.ofText(
            FuzzRun.seed(), List.of(full, "{" + Lines.LEAST + "}\n" + full + "\r\n"), WORDS);
    new FuzzRun("ndjson", 10_000)
        .over(
            spoiler::input,
            input -> {
              Batch batch = Batch.ndjson(input, PARTS);
              assertWhole(batch);
              long lines = new String(input, StandardCharsets.ISO_8859_1).split("\n", -1).length;
              assertThat(batch.events.size() + batch.rejected.size())
                  .isLessThanOrEqualTo((int) lines);
            });
  }

  @Test
  void spoiltTracesAreTakenOrRefusedAsAWhole() throws InterruptedException {
    ExportTraceServiceRequest.Builder request = ExportTraceServiceRequest.newBuilder();
    request
        .addResourceSpansBuilder()
        .addScopeSpansBuilder()
        .addSpansBuilder()
        .setStartTimeUnixNano(1_763_725_000_000_000_000L)
        .setEndTimeUnixNano(1_763_725_002_000_000_000L)
        .addAttributes(attribute("gen_ai.operation.name", "chat"))
        .addAttributes(attribute("gen_ai.response.model", "llama"))
        .addAttributes(attribute("gen_ai.request.model", "llama"));
    Spoiler spoiler = new Spoiler(FuzzRun.seed(), List.of(request.build().toByteArray()), WORDS);
    new FuzzRun("otlp-protobuf", 20_000)
        .over(
            spoiler::input,
            input -> {
              try {
                assertWhole(Batch.protobuf(input, PARTS));
              } catch (InvalidProtocolBufferException refused) {
                assertThat(refused).hasMessageNotContaining("llama");
              }
            });
  }

  private static KeyValue attribute(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  @Test
  void spoiltJsonTracesAreTakenOrRefusedAsAWhole() throws InterruptedException {
    String json =
        """
        {"resourceSpans":[{"resource":{"attributes":[]},"scopeSpans":[{"spans":[{"name":"chat llama",
        "startTimeUnixNano":"1763725000000000000","endTimeUnixNano":"1763725002000000000",
        "attributes":[{"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
        {"key":"gen_ai.response.model","value":{"stringValue":"llama"}},
        {"key":"gen_ai.usage.output_tokens","value":{"intValue":"90"}}]}]}]}]}""";
    Spoiler spoiler = Spoiler.ofText(FuzzRun.seed(), List.of(json), WORDS);
    new FuzzRun("otlp-json", 10_000)
        .over(
            spoiler::input,
            input -> {
              try {
                assertWhole(Batch.json(input, PARTS));
              } catch (IOException refused) {
                assertThat(refused).isNotNull();
              }
            });
  }

  @Test
  void spoiltChangesAreTakenOrRejected() throws InterruptedException {
    String change =
        "{\"event_id\":\"c-1\",\"time_ms\":1763725000000,\"kind\":\"deploy\",\"title\":\"new image\",\"attributes\":{\"image\":\"x:2\"}}";
    Spoiler spoiler = Spoiler.ofText(FuzzRun.seed(), List.of(change), WORDS);
    new FuzzRun("changes", 10_000)
        .over(
            spoiler::input,
            input -> {
              try {
                ChangeLine.parse(input, 0, input.length, "agent", 1_763_725_000_500L);
              } catch (ChangeRejected rejected) {
                assertThat(rejected.getMessage()).isNotEmpty();
              }
            });
  }
}
