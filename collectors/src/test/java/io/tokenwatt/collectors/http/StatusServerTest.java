package io.tokenwatt.collectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StatusServerTest {
  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final Counters counters = new Counters();
  private final Health health = new Health(() -> now);
  private StatusServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        new StatusServer(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), counters, health);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + server.address().getPort() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void metricsArePrometheusText() throws Exception {
    counters.counter("b_total", "B.", "node", "a\"b\\c\nd").add(3);
    counters.counter("b_total", "B.", "node", "a").increment();
    counters.gauge("a_seconds", "A.", () -> 0.5);

    HttpResponse<String> answer = get("/metrics");

    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    assertThat(answer.body())
        .isEqualTo(
            """
            # HELP a_seconds A.
            # TYPE a_seconds gauge
            a_seconds 0.5
            # HELP b_total B.
            # TYPE b_total counter
            b_total{node="a"} 1
            b_total{node="a\\"b\\\\c\\nd"} 3
            """);
  }

  @Test
  void healthNamesEachComponentWithStateErrorAndSince() throws Exception {
    health.declare("kafka", true);
    health.up("kafka");
    health.down("target n1/vllm", "timeout: \"slow\"");

    HttpResponse<String> answer = get("/healthz");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            """
            {"status":"degraded","components":{\
            "kafka":{"state":"up","since":"2026-11-21T10:00:00Z","last_error":""},\
            "target n1/vllm":{"state":"down","since":"2026-11-21T10:00:00Z","last_error":"timeout: \\"slow\\""}}}
            """);
  }

  @Test
  void withoutSomethingEssentialTheProcessIsDown() throws Exception {
    health.declare("kafka", true);
    health.down("kafka", "no broker");

    assertThat(get("/healthz").statusCode()).isEqualTo(503);
  }

  @Test
  void aStateBeginsWhenItChangesAndTheLastErrorIsKept() {
    assertThat(health.down("x", "first")).isTrue();
    now = now.plusSeconds(1);
    assertThat(health.down("x", "second")).as("no news").isFalse();
    assertThat(health.components().get("x").since()).isEqualTo("2026-11-21T10:00:00Z");
    now = now.plusSeconds(1);
    assertThat(health.up("x")).isTrue();

    assertThat(health.components().get("x"))
        .isEqualTo(new Health.Component(Health.State.UP, "second", now, false));
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    assertThat(get("/metrics/x").statusCode()).isEqualTo(404);
    assertThat(get("/").statusCode()).isEqualTo(404);
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    assertThatThrownBy(() -> new StatusServer(server.address(), counters, health))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot listen on")
        .hasMessageContaining(String.valueOf(server.address().getPort()));
  }
}
