package io.tokenwatt.alerts.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tokenwatt.config.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each answer means, over real sockets; and that no answer shows a secret. */
class HttpTest {
  private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
  private static final String SECRET = "s3cret-in-the-path";

  private final Http http = new Http(Duration.ofSeconds(2));
  private HttpServer server;
  private volatile int status = 200;
  private volatile String retryAfter = "";
  private volatile String body = "";
  private volatile String seen = "";

  @BeforeEach
  void listen() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          seen = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
          if (!retryAfter.isEmpty()) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
          }
          exchange.getResponseHeaders().set("Location", "/elsewhere");
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void close() {
    server.stop(0);
    http.close();
  }

  @ParameterizedTest
  @CsvSource({
    "200, SENT, 0", "202, SENT, 0", "400, REFUSED, 0", "413, REFUSED, 0", "422, REFUSED, 0",
    "302, REFUSED, 0", "401, RETRY, 300", "403, RETRY, 300", "404, RETRY, 300", "410, RETRY, 300",
    "408, RETRY, 0", "429, BUSY, 2", "500, RETRY, 0", "503, RETRY, 0"
  })
  void everyStatusHasItsMeaning(int answered, Outcome.Kind kind, long afterS) {
    status = answered;
    Outcome outcome = post();
    assertThat(outcome.kind()).isEqualTo(kind);
    assertThat(outcome.after()).hasSeconds(afterS);
    assertThat(outcome.answer()).startsWith(String.valueOf(answered));
  }

  @ParameterizedTest
  @CsvSource({
    "17, 17",
    "'Thu, 01 Jan 2026 12:00:30 GMT', 30",
    "'Thu, 01 Jan 2026 11:00:00 GMT', 0",
    "86400, 600",
    "-5, 0",
    "soon, 0"
  })
  void theReceiversWishForAPauseIsSecondsOrADateAndNeverLongerThanTenMinutes(
      String header, long seconds) {
    status = 503;
    retryAfter = header;
    Outcome outcome = post();
    assertThat(outcome.after()).hasSeconds(seconds);
    assertThat(outcome.kind() == Outcome.Kind.BUSY).as("holds for all").isEqualTo(seconds > 0);
  }

  @Test
  void whatAnAnswerRepeatsOfASecretIsHidden() {
    status = 400;
    body = "bad token " + SECRET + " for /hooks/" + SECRET + "?key=abc with Bearer t0ken";
    Outcome outcome = post();
    assertThat(outcome.answer()).doesNotContain(SECRET, "t0ken", "key=abc").contains("(secret)");
    assertThat(seen).isEqualTo("Bearer t0ken");
  }

  @Test
  void aReceiverThatIsAwayIsTriedAgainAndItsErrorHoldsNoSecret() {
    server.stop(0);
    Outcome outcome = post();
    assertThat(outcome.kind()).isEqualTo(Outcome.Kind.RETRY);
    assertThat(outcome.answer()).contains("127.0.0.1").doesNotContain(SECRET);
    Target unknown = Target.of(new Secret("http://no-such-host.invalid/hooks/" + SECRET));
    assertThat(http.post(unknown, "{}", NOW).answer())
        .contains("no-such-host")
        .doesNotContain(SECRET);
  }

  @Test
  void nothingThatIsPrintedShowsATarget() {
    assertThat(target().toString()).doesNotContain(SECRET, "t0ken");
    assertThat(target().host()).isEqualTo("127.0.0.1:" + server.getAddress().getPort());
  }

  private Outcome post() {
    return http.post(target(), "{}", NOW);
  }

  private Target target() {
    String url =
        "http://127.0.0.1:" + server.getAddress().getPort() + "/hooks/" + SECRET + "?key=abc";
    return new Target(
        new Secret(url), Optional.of(new Secret("Bearer t0ken")), List.of(new Secret(SECRET)));
  }
}
