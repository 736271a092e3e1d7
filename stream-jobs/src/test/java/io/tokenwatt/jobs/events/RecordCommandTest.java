package io.tokenwatt.jobs.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import io.tokenwatt.model.proto.ChangeEvent;
import io.tokenwatt.model.proto.ChangeKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Against an agent's endpoint that a person wrote by its contract, over a real socket. */
class RecordCommandTest {
  private final List<JsonNode> taken = new ArrayList<>();
  private final List<Integer> answers = new ArrayList<>();
  private HttpServer agent;

  @BeforeEach
  void start() throws IOException {
    agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.createContext(
        "/v1/events",
        exchange -> {
          try (exchange) {
            taken.add(new ObjectMapper().readTree(exchange.getRequestBody()));
            int status = answers.isEmpty() ? 200 : answers.remove(0);
            String body =
                switch (status) {
                  case 200 -> "{\"accepted\":1,\"event_ids\":[\"id-1\"],\"errors\":[]}";
                  case 400 ->
                      "{\"accepted\":0,\"errors\":[{\"key\":\"node\",\"message\":\"is not so\"}]}";
                  default -> "{\"error\":\"Kafka is away\"}";
                };
            exchange.getResponseHeaders().set("Retry-After", "0");
            exchange.sendResponseHeaders(status, 0);
            exchange.getResponseBody().write(body.getBytes(StandardCharsets.UTF_8));
          }
        });
    agent.start();
  }

  @AfterEach
  void stop() {
    agent.stop(0);
  }

  private record Outcome(int code, String out, String err) {}

  private Outcome record(String... more) {
    List<String> all = new ArrayList<>(List.of("record", "--kind", "deployment", "--title", "x y"));
    all.addAll(List.of("--agent", "http://127.0.0.1:" + agent.getAddress().getPort() + "/"));
    all.addAll(List.of(more));
    return run(all);
  }

  private static Outcome run(List<String> arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        EventsMain.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int code = command.execute(arguments.toArray(String[]::new));
    return new Outcome(code, out.toString().strip(), err.toString().strip());
  }

  @Test
  void fieldsGoByTheirNamesAndTheIdIsPrinted() {
    Outcome outcome =
        record("--workload", "chat", "--max-batch", "64", "--attribute", "commit=abc");
    assertThat(outcome.code).as(outcome.err).isZero();
    assertThat(outcome.out).isEqualTo("id-1");
    JsonNode event = taken.get(0);
    assertThat(event.path("kind").asText()).isEqualTo("deployment");
    assertThat(event.path("title").asText()).isEqualTo("x y");
    assertThat(event.path("workload").asText()).isEqualTo("chat");
    assertThat(event.path("max_batch").asText()).isEqualTo("64");
    assertThat(event.path("actor").asText()).isEqualTo(System.getProperty("user.name"));
    assertThat(event.path("time").asText()).endsWith("Z");
    assertThat(event.path("attributes").path("commit").asText()).isEqualTo("abc");
  }

  @Test
  void anAgentThatSaysLaterIsAskedAgainWithTheSameEvent() {
    answers.addAll(List.of(503, 429));
    assertThat(record().code).isZero();
    assertThat(taken).hasSize(3);
    assertThat(taken.get(2)).isEqualTo(taken.get(0));
  }

  @Test
  void whatTheAgentDoesNotTakeIsSaid() {
    answers.add(400);
    Outcome refused = record();
    assertThat(refused.code).isEqualTo(1);
    assertThat(refused.err).contains("answered 400: node: is not so");
    answers.addAll(List.of(503, 503, 503));
    assertThat(record().err).contains("answered 503: Kafka is away");
    agent.stop(0);
    assertThat(record().err).contains("does not answer");
    assertThat(run(List.of("record", "--kind", "note", "--title", "x")).code).isEqualTo(2);
  }

  @Test
  void straightToKafkaTheSameNamesAreRead() throws IOException {
    Map<String, String> fields =
        Map.of(
            "kind", "power_limit",
            "title", "cap",
            "time", "2026-11-21T15:00:00Z",
            "region", "eu",
            "driver", "570",
            "power_limit_w", "450.5");
    ChangeEvent event = ToldEvent.of(fields, Map.of("from", "700 W"));
    assertThat(event.getKind()).isEqualTo(ChangeKind.CHANGE_POWER_LIMIT);
    assertThat(event.getTimeMs()).isEqualTo(1_795_273_200_000L);
    assertThat(event.getScope().getRegion()).isEqualTo("eu");
    assertThat(event.getSetup().getDriver()).isEqualTo("570");
    assertThat(event.getSetup().getPowerLimitMilliwatts()).isEqualTo(450_500);
    assertThat(event.getEventId())
        .isEqualTo(ToldEvent.of(fields, Map.of("from", "700 W")).getEventId());
    List<String> wrong = List.of("record", "--bootstrap", "127.0.0.1:1", "--title", "x", "--kind");
    assertThat(run(plus(wrong, "rollout")).err).contains("--kind rollout is not understood");
    assertThat(run(plus(wrong, "accept")).err).contains("regression");
  }

  private static List<String> plus(List<String> list, String more) {
    List<String> all = new ArrayList<>(list);
    all.add(more);
    return all;
  }
}
