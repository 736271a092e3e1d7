package io.tokenwatt.quickstart.fleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import io.tokenwatt.quickstart.fleet.Fleet;
import io.tokenwatt.quickstart.fleet.FleetOptions;
import io.tokenwatt.quickstart.fleet.SimulatedNode;
import io.tokenwatt.quickstart.fleet.SimulatedTarget;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The gateway against a small intake that refuses every third body for a start. */
class GatewayTest {
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
  private final AtomicInteger bodies = new AtomicInteger();
  private HttpServer intake;

  @BeforeEach
  void start() throws Exception {
    intake = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 8);
    intake.createContext(
        "/v1/requests",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean busy = bodies.incrementAndGet() % 3 == 1;
          if (!busy) {
            lines.addAll(body.lines().toList());
          }
          exchange.sendResponseHeaders(busy ? 503 : 200, -1);
          exchange.close();
        });
    intake.start();
  }

  @AfterEach
  void stop() {
    intake.stop(0);
  }

  @Test
  void everyEndedRequestIsToldOnceAlsoIfTheIntakeIsBusy() throws Exception {
    SentEvents sent;
    try (Fleet fleet =
        Fleet.start(
            FleetOptions.of(5).restartingAfter(Duration.ofSeconds(20), Duration.ofSeconds(2)))) {
      scrapeTwice(fleet);
      Gateway gateway =
          Gateway.open(
              fleet,
              5,
              URI.create("http://127.0.0.1:" + intake.getAddress().getPort() + "/v1/requests"));
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> lines.size() > 3_000 && values("status").contains("error"));
      gateway.close();
      await().atMost(Duration.ofSeconds(60)).until(() -> lines.size() >= total(gateway.sent()));
      sent = gateway.sent();
    }
    assertThat(total(sent)).isEqualTo(lines.size());
    assertThat(values("event_id")).doesNotHaveDuplicates();
    assertThat(sum("output_tokens"))
        .isEqualTo(sent.byEnding().values().stream().mapToLong(SentEvents.Sum::outputTokens).sum());
    assertThat(values("status").stream().distinct()).contains("ok", "aborted", "error");
    assertThat(values("service_class").stream().distinct())
        .containsExactlyInAnyOrder("interactive", "batch");
    double fromSouthAmerica = values("client_region").stream().filter("sa-east"::equals).count();
    assertThat(fromSouthAmerica / lines.size()).as("no endpoint there").isBetween(0.15, 0.4);
    assertThat(lines.stream().filter(l -> l.contains("Qwen3-32B")).filter(this::reasons))
        .isNotEmpty();
    assertThat(lines.stream().filter(l -> !l.contains("Qwen3-32B")).filter(this::reasons))
        .isEmpty();
    assertThat(lines).allMatch(l -> l.startsWith("{\"event_id\":\"") && l.endsWith("}"));
  }

  private static void scrapeTwice(Fleet fleet) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    for (SimulatedNode node : fleet.nodes()) {
      for (SimulatedTarget target : node.targets()) {
        for (int i = 0; i < 2 && !node.name().equals("s6-h100"); i++) {
          client.send(HttpRequest.newBuilder(target.url()).build(), BodyHandlers.discarding());
        }
      }
    }
  }

  private boolean reasons(String line) {
    return Pattern.compile("\"reasoning_tokens\":[1-9]").matcher(line).find();
  }

  private static long total(SentEvents sent) {
    return sent.byEnding().values().stream().mapToLong(SentEvents.Sum::requests).sum();
  }

  private List<String> values(String key) {
    Pattern pattern = Pattern.compile("\"" + key + "\":\"([^\"]*)\"");
    return lines.stream()
        .map(pattern::matcher)
        .filter(java.util.regex.Matcher::find)
        .map(m -> m.group(1))
        .collect(Collectors.toList());
  }

  private long sum(String key) {
    Pattern pattern = Pattern.compile("\"" + key + "\":([0-9]+)");
    return lines.stream()
        .map(pattern::matcher)
        .filter(java.util.regex.Matcher::find)
        .mapToLong(m -> Long.parseLong(m.group(1)))
        .sum();
  }
}
