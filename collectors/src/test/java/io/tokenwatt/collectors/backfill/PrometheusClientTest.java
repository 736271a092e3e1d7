package io.tokenwatt.collectors.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.exporters.ExporterCatalogue;
import io.tokenwatt.collectors.scrape.Access;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What servers say, over real sockets. */
class PrometheusClientTest {
  private static final String OK =
      "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[%s]}}";

  private record Answer(int code, String body) {}

  private HttpServer server;
  private Function<String, Answer> script;
  private final List<String> asked = new ArrayList<>();
  private String authorization;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String form =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          String query = URLDecoder.decode(form, StandardCharsets.UTF_8);
          asked.add(exchange.getRequestURI().getPath() + " " + query);
          authorization = exchange.getRequestHeaders().getFirst("Authorization");
          Answer answer = script.apply(query);
          byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(answer.code(), body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private PrometheusClient client(String path, Access access) {
    return new PrometheusClient(
        TargetSpec.parse("http://127.0.0.1:" + server.getAddress().getPort() + path), access);
  }

  @Test
  void samplesComeWithTheirOwnTimes() {
    script =
        q ->
            new Answer(
                200,
                OK.formatted(
                    "{\"metric\":{\"__name__\":\"a\",\"x\":\"é\\\"\"},\"values\":[[1700000000.123,\"1e3\"],[1700000015.123,\"NaN\"],[1700000030,\"+Inf\"]],\"histograms\":[[1,{\"count\":\"2\"}]]}"));
    try (PrometheusClient client = client("", Access.OPEN)) {
      RawSeries series = client.query("a[1h]", 1_700_000_000_500L, 10).get(0);
      assertThat(series.labels()).containsEntry("x", "é\"");
      assertThat(series.ms())
          .containsExactly(1_700_000_000_123L, 1_700_000_015_123L, 1_700_000_030_000L);
      assertThat(series.values()).containsExactly(1000, Double.NaN, Double.POSITIVE_INFINITY);
    }
    assertThat(asked).containsExactly("/api/v1/query query=a[1h]&time=1700000000.500");
  }

  @Test
  void thePathBeforeTheApiAndTheTokenAreKept() {
    script = q -> new Answer(200, OK.formatted(""));
    Access access = Access.bearer(new Secret("hush"));
    try (PrometheusClient client = client("/prometheus/", access)) {
      assertThat(client.query("a", 0, 10)).isEmpty();
    }
    assertThat(asked.get(0)).startsWith("/prometheus/api/v1/query ");
    assertThat(authorization).isEqualTo("Bearer hush");
  }

  @Test
  void aRefusalSaysWhatWasAnswered() {
    script = q -> new Answer(400, "{\"status\":\"error\",\"error\":\"parse error: oops\"}");
    try (PrometheusClient client = client("", Access.OPEN)) {
      assertThatThrownBy(() -> client.query("a", 0, 10))
          .isInstanceOf(PrometheusException.class)
          .hasMessageContaining("answers 400")
          .hasMessageContaining("parse error: oops");
    }
  }

  @Test
  void anAnswerThatIsCutOffIsAnErrorNotAShortHistory() {
    script =
        q -> new Answer(200, OK.formatted("{\"metric\":{},\"values\":[[1,\"2\"]").substring(0, 90));
    try (PrometheusClient client = client("", Access.OPEN)) {
      assertThatThrownBy(() -> client.query("a", 0, 10)).isInstanceOf(PrometheusException.class);
    }
    script = q -> new Answer(200, "<html>login</html>");
    try (PrometheusClient client = client("", Access.OPEN)) {
      assertThatThrownBy(() -> client.query("a", 0, 10)).isInstanceOf(PrometheusException.class);
    }
  }

  /** A Prometheus with --query.max-samples: nodes are asked for one by one, none twice. */
  @Test
  void whatIsTooMuchAtOnceIsAskedForInParts() {
    String one = "{\"metric\":{\"job\":\"dcgm\",\"instance\":\"%s:9400\"},\"value\":[3600,\"10\"]}";
    script =
        q -> {
          if (q.startsWith("query=count by")) {
            return new Answer(
                200,
                OK.formatted(
                    String.join(",", one.formatted("a"), one.formatted("b"), one.formatted("c"))));
          }
          boolean several = q.contains("a:9400|");
          return several
              ? new Answer(
                  422, "{\"error\":\"query processing would load too many samples into memory\"}")
              : new Answer(200, OK.formatted(""));
        };
    List<String> nodes = new ArrayList<>();
    try (PrometheusClient client = client("", Access.OPEN)) {
      Hours hours =
          new Hours(
              client,
              new TargetMapping(NodeSpec.of("", ""), List.of(), List.of()),
              ExporterCatalogue.standard());
      hours.read(hours.inventory(0), 0, (node, pages) -> nodes.add(node));
    }
    assertThat(nodes).containsExactly("a", "b", "c");
  }

  @Test
  void namesAreMatchedLiterally() {
    assertThat(PromQl.escaped("10.0.0.1:9400")).isEqualTo("10\\\\.0\\\\.0\\\\.1:9400");
    assertThat(PromQl.escaped("a\"b\\c")).isEqualTo("a\\\"b\\\\\\\\c");
  }
}
