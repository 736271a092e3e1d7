package io.tokenwatt.collectors.requests;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.config.Secret;
import io.tokenwatt.embedded.EmbeddedKafka;
import io.tokenwatt.embedded.KafkaOptions;
import io.tokenwatt.model.Topics;
import io.tokenwatt.model.proto.RequestEvent;
import io.tokenwatt.model.proto.Resolution;
import io.tokenwatt.model.proto.Server;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** NDJSON over real sockets to a real broker. */
class RequestServerTest {
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

  private static String line(String id) {
    return "{" + Lines.LEAST.replace("r-1", id) + "}\n";
  }

  @Test
  void goodLinesAreInKafkaWhenTheAnswerComesAndBadOnesAreNamed() throws IOException {
    try (Intake intake = intake("partial")) {
      HttpResponse<byte[]> answer =
          intake.sender.lines(line("a") + "{\"event_id\":\"b\"}\n\n" + line("c") + "oops");
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(Sender.text(answer))
          .isEqualTo(
              "{\"accepted\":2,\"rejected\":2,\"errors\":[{\"line\":2,\"reason\":\"missing\",\"key\":\"status\"},"
                  + "{\"line\":5,\"reason\":\"not_json\",\"key\":\"\"}]}");
      assertThat(intake.events(2)).extracting(RequestEvent::getEventId).containsExactly("a", "c");
      assertThat(intake.events(2)).extracting(RequestEvent::getAgent).containsOnly("agent-1");
      assertThat(intake.outcome("published")).isEqualTo(2);
      assertThat(intake.outcome("rejected")).isEqualTo(2);
      assertThat(intake.records(Topics.REJECTS, records -> records.size() >= 2))
          .allSatisfy(record -> assertThat(record.value()).isEmpty());
    }
  }

  @Test
  void aPackedBodyIsUnpackedWithinTheLimit() throws IOException {
    try (Intake intake = intake("packed")) {
      byte[] plain = line("a").getBytes(StandardCharsets.UTF_8);
      String type = "application/x-ndjson";
      assertThat(
              intake
                  .sender
                  .send("/v1/requests", type, Sender.gzip(plain), "Content-Encoding", "gzip")
                  .statusCode())
          .isEqualTo(200);
      byte[] bomb = Sender.gzip(new byte[10 << 20]);
      assertThat(bomb.length).isLessThan(64 << 10);
      assertThat(
              intake
                  .sender
                  .send("/v1/requests", type, bomb, "Content-Encoding", "gzip")
                  .statusCode())
          .isEqualTo(413);
      assertThat(
              intake
                  .sender
                  .send("/v1/requests", type, plain, "Content-Encoding", "gzip")
                  .statusCode())
          .isEqualTo(400);
      assertThat(intake.sender.send("/v1/requests", "text/html", plain).statusCode())
          .isEqualTo(415);
      assertThat(intake.sender.send("/v1/other", type, plain).statusCode()).isEqualTo(404);
      assertThat(intake.events(1)).hasSize(1);
    }
  }

  @Test
  void withoutTheTokenNothingIsTaken() throws IOException {
    try (Intake intake = new Intake(kafka, "token", Optional.of(new Secret("s3")), List.of())) {
      assertThat(intake.sender.lines(line("a")).statusCode()).isEqualTo(401);
      assertThat(intake.sender.lines(line("a"), "Authorization", "Bearer s4").statusCode())
          .isEqualTo(401);
      assertThat(intake.sender.lines(line("a"), "Authorization", "Bearer s3").statusCode())
          .isEqualTo(200);
      assertThat(intake.outcome("published")).isEqualTo(1);
    }
  }

  @Test
  void anEventWhoseServerNobodyKnowsKeepsWhatItSaysAndNoMore() throws IOException {
    Server fast = Server.newBuilder().setProvider("p1").setBoardName("H200").build();
    ServedByRule rule = new ServedByRule(new Told("", "", "chat", "eu", ""), fast);
    try (Intake intake = new Intake(kafka, "servers", Optional.empty(), List.of(rule))) {
      intake.sender.lines(
          "{%s,\"served_by\":{\"workload\":\"chat\",\"region\":\"eu\"}}\n{%s,\"served_by\":{\"workload\":\"chat\",\"region\":\"us\"}}\n"
              .formatted(Lines.LEAST, Lines.LEAST));
      List<RequestEvent> events = intake.events(2);
      assertThat(events.get(0).getServer())
          .isEqualTo(
              fast.toBuilder()
                  .setResolution(Resolution.RESOLUTION_CONFIG)
                  .setWorkload("chat")
                  .setRegion("eu")
                  .build());
      assertThat(events.get(1).getServer())
          .isEqualTo(Server.newBuilder().setWorkload("chat").setRegion("us").build());
      assertThat(intake.counters.sum(IntakeTally.UNRESOLVED)).isEqualTo(1);
    }
  }

  @Test
  void whileTheBrokerIsAwaySendersAreToldToWaitAndNothingIsLost() throws IOException {
    try (EmbeddedKafka other = EmbeddedKafka.start(KafkaOptions.throwaway());
        Intake intake = new Intake(other, "away", Optional.empty(), List.of())) {
      assertThat(intake.sender.lines(line("a")).statusCode()).isEqualTo(200);
      other.close();
      HttpResponse<byte[]> answer = intake.sender.lines(line("b"));
      assertThat(answer.statusCode()).isEqualTo(503);
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(intake.outcome("failed")).isEqualTo(1);
      assertThat(intake.health.status()).isEqualTo("degraded");
    }
  }
}
