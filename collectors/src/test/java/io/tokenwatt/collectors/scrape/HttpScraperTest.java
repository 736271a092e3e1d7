package io.tokenwatt.collectors.scrape;

import static io.tokenwatt.collectors.scrape.FailureReason.BAD_ENCODING;
import static io.tokenwatt.collectors.scrape.FailureReason.BAD_HTTP;
import static io.tokenwatt.collectors.scrape.FailureReason.BODY_TOO_LARGE;
import static io.tokenwatt.collectors.scrape.FailureReason.CONNECT;
import static io.tokenwatt.collectors.scrape.FailureReason.CUT_BODY;
import static io.tokenwatt.collectors.scrape.FailureReason.HTTP_STATUS;
import static io.tokenwatt.collectors.scrape.FailureReason.NOT_EXPOSITION;
import static io.tokenwatt.collectors.scrape.FailureReason.REDIRECT;
import static io.tokenwatt.collectors.scrape.FailureReason.TIMEOUT;
import static io.tokenwatt.collectors.scrape.FailureReason.WRONG_CHARSET;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.config.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HttpScraperTest {
  private static final int LIMIT = 1 << 20;
  private static final String GOOD = "a_metric 1\n";

  private final ScrapeClient client = new ScrapeClient();

  @AfterEach
  void close() {
    client.close();
  }

  /** A body as text, or a failure as "reason: detail". */
  private String scrape(TargetSpec target) {
    return scrape(client.scraper(target, Duration.ofSeconds(2), LIMIT));
  }

  private static String scrape(HttpScraper scraper) {
    CompletableFuture<String> end = new CompletableFuture<>();
    scraper.start(
        new ScrapeListener() {
          @Override
          public void scraped(Body body) {
            end.complete(new String(body.bytes(), 0, body.length(), StandardCharsets.UTF_8));
          }

          @Override
          public void failed(Failure failure) {
            end.complete(failure.toString());
          }
        });
    try {
      return end.get(120, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("the scrape never ended", e);
    }
  }

  private String scrape(Peer.Script script) {
    try (Peer peer = Peer.of(script)) {
      return scrape(TargetSpec.of("t", peer.url()));
    }
  }

  static Stream<Arguments> hostilePeers() {
    return Stream.of(
        Arguments.of("HTML", NOT_EXPOSITION, (Peer.Script) HostilePeers::html),
        Arguments.of("500", HTTP_STATUS, (Peer.Script) HostilePeers::status500),
        Arguments.of("nothing", BAD_HTTP, (Peer.Script) HostilePeers::nothing),
        Arguments.of("silence", TIMEOUT, (Peer.Script) HostilePeers::silence),
        Arguments.of("an empty body", NOT_EXPOSITION, (Peer.Script) HostilePeers::emptyBody),
        Arguments.of("a cut body", CUT_BODY, (Peer.Script) HostilePeers::cut),
        Arguments.of("a cut line", CUT_BODY, (Peer.Script) HostilePeers::cutWithoutLength),
        Arguments.of("gzip garbage", BAD_ENCODING, (Peer.Script) HostilePeers::gzipGarbage),
        Arguments.of("UTF-16", WRONG_CHARSET, (Peer.Script) HostilePeers::utf16),
        Arguments.of("a redirect", REDIRECT, (Peer.Script) HostilePeers::redirect),
        Arguments.of("SSH", BAD_HTTP, (Peer.Script) HostilePeers::ssh));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostilePeers")
  void aPeerThatAnswersWrongIsAFailureWithItsReason(
      String name, FailureReason reason, Peer.Script script) {
    assertThat(scrape(script)).startsWith(reason.code() + ": ");
  }

  @Test
  void aGigabyteIsNotReadBeyondTheLimit() {
    AtomicLong taken = new AtomicLong();

    assertThat(scrape(HostilePeers.gigabyte(taken))).startsWith(BODY_TOO_LARGE.code());
    // Sockets buffer some megabytes on both sides.
    assertThat(taken.get()).isLessThan(16 << 20);
  }

  @Test
  void anAnnouncedGigabyteIsNotReadAtAll() {
    assertThat(
            scrape(
                (request, out) ->
                    out.write(
                        "HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8))))
        .startsWith("body_too_large: announces 1073741824 bytes");
  }

  @Test
  void aGzipBombStopsAtTheLimit() throws IOException {
    byte[] bomb = gzip("a".repeat(1 << 20).repeat(64));
    String header = "Content-Type: text/plain\r\nContent-Encoding: gzip";

    assertThat(scrape((request, out) -> out.write(Peer.response("200 OK", header, bomb))))
        .startsWith(BODY_TOO_LARGE.code());
  }

  @Test
  void gzipIsReadAndACutGzipStreamIsACutBody() throws IOException {
    byte[] whole = gzip(GOOD);
    byte[] half = Arrays.copyOf(whole, whole.length - 9);
    String header = "Content-Encoding: gzip";

    assertThat(scrape((r, out) -> out.write(Peer.response("200 OK", header, whole))))
        .isEqualTo(GOOD);
    assertThat(scrape((r, out) -> out.write(Peer.response("200 OK", header, half))))
        .startsWith(CUT_BODY.code());
  }

  @Test
  void openMetricsWithoutItsEndIsACutBody() {
    String type = "application/openmetrics-text; version=1.0.0";

    assertThat(scrape((r, out) -> out.write(Peer.response("200 OK", type, "a 1\n"))))
        .startsWith(CUT_BODY.code());
    assertThat(scrape((r, out) -> out.write(Peer.response("200 OK", type, "a 1\n# EOF\n"))))
        .isEqualTo("a 1\n# EOF\n");
  }

  @Test
  void anotherCharsetIsFineWhileTheTextIsAscii() {
    String type = "text/plain; charset=ISO-8859-1";

    assertThat(scrape((r, out) -> out.write(Peer.response("200 OK", type, GOOD)))).isEqualTo(GOOD);
    assertThat(scrape((r, out) -> out.write(Peer.response("200 OK", type, "a{b=\"ä\"} 1\n"))))
        .startsWith(WRONG_CHARSET.code());
  }

  @Test
  void aClosedPortIsAConnectFailure() {
    Peer gone = Peer.text(GOOD);
    gone.close();

    assertThat(scrape(TargetSpec.of("t", gone.url()))).startsWith(CONNECT.code());
  }

  @Test
  void aDripOfBytesEndsAtTheTimeoutOfTheWholeExchange() {
    try (Peer peer =
        Peer.of(
            (request, out) -> {
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"
                      .getBytes(StandardCharsets.UTF_8));
              for (int i = 0; i < 100_000; i++) {
                out.write('a');
                out.flush();
                LockSupport.parkNanos(20_000_000);
              }
            })) {
      HttpScraper scraper =
          client.scraper(TargetSpec.of("t", peer.url()), Duration.ofMillis(300), LIMIT);

      assertThat(scrape(scraper)).isEqualTo("timeout: no whole answer within 300ms");
    }
  }

  @Test
  void theConnectionIsUsedAgainAndLoopbackIsNotCompressed() {
    try (Peer peer = Peer.text(GOOD)) {
      HttpScraper scraper =
          client.scraper(TargetSpec.of("t", peer.url()), Duration.ofSeconds(30), LIMIT);
      for (int i = 0; i < 3; i++) {
        assertThat(scrape(scraper)).isEqualTo(GOOD);
      }

      assertThat(peer.connections()).isEqualTo(1);
      assertThat(peer.requests()).allMatch(r -> r.contains("Accept-Encoding: identity\r\n"));
    }
  }

  @Test
  void credentialsAreSentAndARedirectIsNotFollowedWithThem() {
    try (Peer other = Peer.text(GOOD);
        Peer peer =
            Peer.of(
                (r, out) ->
                    out.write(
                        Peer.response("302 Found", "Location: " + other.url(), new byte[0])))) {
      Access bearer = Access.bearer(new Secret("t0ken"));
      scrape(withAccess(peer, bearer));
      Access basic = Access.basic(new Access.Login("me", new Secret("pw")));
      scrape(withAccess(peer, basic));

      assertThat(peer.requests().get(0)).contains("Authorization: Bearer t0ken\r\n");
      // "me:pw" in Base64.
      assertThat(peer.requests().get(1)).contains("Authorization: Basic bWU6cHc=\r\n");
      assertThat(other.requests()).isEmpty();
    }
  }

  private static TargetSpec withAccess(Peer peer, Access access) {
    TargetSpec open = TargetSpec.of("t", peer.url());
    return new TargetSpec(open.name(), open.url(), open.kind(), open.timeout(), access);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
