package io.tokenwatt.collectors.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.config.Secret;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.ChangeEvent;
import io.tokenwatt.model.proto.ChangeKind;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** POST /v1/events over real sockets to a real broker. */
class ChangeIntakeTest {
  private static final String ROLLOUT =
      """
      {"kind": "deployment", "time": "2026-11-21T15:00:00Z", "title": "chat 1.2", "workload": "chat", "region": "eu",
       "engine_version": "0.9.1", "max_batch": 64, "power_limit_w": 450.5, "actor": "argo", "link": "https://ci/1",
       "attributes": {"commit": "abc", "canary": true}}
      """;

  private static EmbeddedKafka kafka;
  private static Intake intake;

  @BeforeAll
  static void start() throws IOException {
    kafka = EmbeddedKafka.start(KafkaOptions.throwaway());
    kafka.createTopic(Topics.REJECTS, 1, Map.of());
    kafka.createTopic(Topics.EVENTS, 1, Map.of("message.timestamp.type", "LogAppendTime"));
    intake = new Intake(kafka, "requests", Optional.empty(), List.of());
  }

  @AfterAll
  static void stop() {
    intake.close();
    kafka.close();
  }

  private static HttpResponse<byte[]> one(String body) {
    return send("application/json", body);
  }

  private static HttpResponse<byte[]> send(String type, String body) {
    return intake.sender.send("/v1/events", type, body.getBytes(StandardCharsets.UTF_8));
  }

  /** What Kafka has under this id. */
  private static List<ChangeEvent> stored(String id, int n) {
    return intake
        .records(Topics.EVENTS, all -> all.stream().filter(r -> r.key().equals(id)).count() >= n)
        .stream()
        .filter(r -> r.key().equals(id))
        .map(ChangeIntakeTest::event)
        .toList();
  }

  private static ChangeEvent event(ConsumerRecord<String, byte[]> record) {
    try {
      return ChangeEvent.parseFrom(record.value());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String id(HttpResponse<byte[]> answer) {
    return Sender.text(answer).replaceAll(".*\"event_ids\":\\[\"([^\"]*)\"].*", "$1");
  }

  @Test
  void anEventIsInKafkaWhenTheAnswerComesAndSentAgainItIsTheSame() {
    HttpResponse<byte[]> answer = one(ROLLOUT);
    assertThat(answer.statusCode()).as(Sender.text(answer)).isEqualTo(200);
    String id = id(answer);
    assertThat(id).hasSize(32);
    assertThat(id(one(ROLLOUT.replace("\n", " ")))).isEqualTo(id);
    List<ChangeEvent> stored = stored(id, 2);
    ChangeEvent event = stored.get(0);
    assertThat(event.toString()).isEqualTo(stored.get(1).toString());
    assertThat(event.getKind()).isEqualTo(ChangeKind.CHANGE_DEPLOYMENT);
    assertThat(event.getTimeMs()).isEqualTo(1_795_273_200_000L);
    assertThat(event.getScope().getWorkload()).isEqualTo("chat");
    assertThat(event.getScope().getNode()).isEmpty();
    assertThat(event.getSetup().getMaxBatch()).isEqualTo(64);
    assertThat(event.getSetup().hasTensorParallel()).isFalse();
    assertThat(event.getSetup().getPowerLimitMilliwatts()).isEqualTo(450_500);
    assertThat(event.getAttributesMap())
        .containsEntry("commit", "abc")
        .containsEntry("canary", "true");
    assertThat(event.getAgent()).isEqualTo("agent-1");
    assertThat(id(one(ROLLOUT.replace("1.2", "1.3")))).isNotEqualTo(id);
  }

  @Test
  void ofSeveralLinesTheGoodOnesAreTakenAndTheOthersNamed() {
    HttpResponse<byte[]> answer =
        send(
            "application/x-ndjson",
            "{\"kind\":\"note\",\"title\":\"a\",\"event_id\":\"n1\"}\n\n{\"kind\":\"note\",\"titel\":\"b\"}\r\n{\"kind\"\n");
    assertThat(answer.statusCode()).isEqualTo(200);
    String text = Sender.text(answer);
    assertThat(text)
        .startsWith("{\"accepted\":1,\"rejected\":2,\"event_ids\":[\"n1\"]")
        .contains(
            "{\"line\":3,\"reason\":\"unknown_field\",\"key\":\"titel\",\"message\":\"fields are event_id,")
        .contains("{\"line\":4,\"reason\":\"not_json\"");
    assertThat(stored("n1", 1)).hasSize(1);
    assertThat(intake.counters.value(ChangeIntake.REJECTED, "reason", "unknown_field", "field", ""))
        .isPositive();
  }

  @Test
  void whatIsWrongIsToldToTheReader() {
    assertThat(refusal("{\"title\":\"x\"}")).contains("kind: is one of deployment, driver,");
    assertThat(refusal("{\"kind\":\"note\"}")).contains("title: is required");
    assertThat(refusal("{\"kind\":\"accept\",\"title\":\"x\"}"))
        .contains("regression: is required");
    assertThat(refusal("{\"kind\":\"note\",\"title\":\"x\",\"time\":\"yesterday\"}"))
        .contains("time: is written as 2025-11-21T11:36:40Z");
    assertThat(refusal("{\"kind\":\"note\",\"title\":\"x\",\"node\":\"a b\"}"))
        .contains("node: up to 200");
    assertThat(refusal("{\"kind\":\"note\",\"title\":\"x\",\"max_batch\":-1}"))
        .contains("max_batch: a whole");
    assertThat(refusal("{\"kind\":\"note\",\"title\":\"x\",\"link\":\"javascript:1\"}"))
        .contains("link: an address");
    assertThat(refusal("{\"kind\":\"note\",\"title\":\"x\",\"time_ms\":1763725000123000}"))
        .contains("milliseconds");
    assertThat(refusal("[]")).contains("one JSON object");
  }

  private static String refusal(String body) {
    HttpResponse<byte[]> answer = one(body);
    assertThat(answer.statusCode()).isEqualTo(400);
    return Sender.text(answer);
  }

  @Test
  void sizeTypeAndMethodAreLimitedAsForRequests() {
    assertThat(one("{\"kind\":\"note\",\"why\":\"" + "x".repeat(70_000) + "\"}").statusCode())
        .isEqualTo(413);
    assertThat(send("text/plain", ROLLOUT).statusCode()).isEqualTo(415);
    StringBuilder large = new StringBuilder("{\"kind\":\"note\",\"title\":\"x\",\"attributes\":{");
    for (int i = 0; i < 33; i++) {
      large.append(i == 0 ? "" : ",").append("\"a").append(i).append("\":1");
    }
    assertThat(refusal(large + "}}")).contains("attributes: at most 32");
  }

  @Test
  void withoutTheTokenNothingIsTakenAndWithoutKafkaSendersWait() throws IOException {
    try (EmbeddedKafka other = EmbeddedKafka.start(KafkaOptions.throwaway());
        Intake guarded = new Intake(other, "guarded", Optional.of(new Secret("s3")), List.of())) {
      byte[] body = ROLLOUT.getBytes(StandardCharsets.UTF_8);
      assertThat(guarded.sender.send("/v1/events", "application/json", body).statusCode())
          .isEqualTo(401);
      String[] token = {"Authorization", "Bearer s3"};
      other.createTopic(Topics.EVENTS, 1, Map.of());
      assertThat(guarded.sender.send("/v1/events", "application/json", body, token).statusCode())
          .isEqualTo(200);
      other.close();
      HttpResponse<byte[]> answer =
          guarded.sender.send("/v1/events", "application/json", body, token);
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(guarded.counters.value(ChangeIntake.EVENTS, "outcome", "failed")).isEqualTo(1);
      assertThat(guarded.counters.value(ChangeIntake.EVENTS, "outcome", "published")).isEqualTo(1);
    }
  }
}
