package io.tokenwatt.quickstart.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.tokenwatt.collectors.scrape.Access;
import io.tokenwatt.collectors.scrape.Body;
import io.tokenwatt.collectors.scrape.Failure;
import io.tokenwatt.collectors.scrape.ScrapeClient;
import io.tokenwatt.collectors.scrape.ScrapeListener;
import io.tokenwatt.collectors.scrape.TargetSpec;
import io.tokenwatt.config.Secret;
import io.tokenwatt.config.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exporters behind TLS, tokens and passwords. */
class SecuredTargetTest {
  @TempDir private Path folder;
  private final List<String> shown = new CopyOnWriteArrayList<>();
  private final ScrapeClient client = new ScrapeClient();
  private Authority authority;
  private HttpServer exporter;

  @BeforeEach
  void start() throws IOException {
    authority = new Authority(folder.resolve("authority"));
    exporter = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    exporter.createContext(
        "/metrics",
        exchange -> {
          shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
          byte[] body = "a 1\n".getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "text/plain");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    exporter.start();
  }

  @AfterEach
  void stop() {
    client.close();
    exporter.stop(0);
  }

  private String scraped(HeldCertificate server, Access access) throws Exception {
    try (TlsDoor door = TlsDoor.open(server, exporter.getAddress().getPort())) {
      return scraped(door.url(), access);
    }
  }

  private String scraped(String url, Access access) throws Exception {
    TargetSpec target =
        new TargetSpec(
            "t", TargetSpec.parse(url + "/metrics"), Optional.empty(), Optional.empty(), access);
    CompletableFuture<String> end = new CompletableFuture<>();
    client
        .scraper(target, Duration.ofSeconds(60), 1000)
        .start(
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
    return end.get(90, TimeUnit.SECONDS);
  }

  private Access trusting() throws IOException {
    return Access.OPEN.withTls(TlsFiles.trusting(authority.ca()));
  }

  @Test
  void anUntrustedExporterIsToldNoToken() throws Exception {
    Path other = new Authority(folder.resolve("stranger")).ca();
    Access token = Access.bearer(new Secret("token-4716"));
    assertThat(scraped(authority.server(), token)).startsWith("tls: ").contains("not signed by");
    assertThat(scraped(authority.server(), token.withTls(TlsFiles.trusting(other))))
        .contains("not signed by a trusted CA; give the CA's certificate as tls.ca");
    assertThat(scraped(authority.expiredServer(), trusting())).contains("has expired");
    assertThat(scraped(authority.serverNamed("exporter.example"), trusting()))
        .contains("certificate is for another name");
    assertThat(shown).isEmpty();
  }

  @Test
  void anExporterThatWantsACertificateGetsIt() throws Exception {
    HeldCertificate held = new HeldCertificate.Builder().commonName("agent").build();
    TlsFiles pair =
        new TlsFiles(
            Optional.of(authority.ca()),
            Optional.of(authority.certificate("agent", held)),
            Optional.of(authority.key("agent", held)));
    try (TlsDoor door = TlsDoor.mutual(authority.server(), held, exporter.getAddress().getPort())) {
      assertThat(scraped(door.url(), Access.OPEN.withTls(pair))).isEqualTo("a 1\n");
      // In TLS 1.3 the refusal may come after our request, as a closed connection.
      assertThat(scraped(door.url(), trusting())).isNotEqualTo("a 1\n");
      assertThat(shown).hasSize(1);
    }
  }

  @Test
  void aTokenThatRotatesIsReadBeforeEachRequest() throws Exception {
    Path file = folder.resolve("token");
    Access access =
        new Access(Optional.empty(), Optional.of(file), Optional.empty(), trusting().tls());
    Files.writeString(file, "first\n");
    assertThat(scraped(authority.server(), access)).isEqualTo("a 1\n");
    Files.writeString(file, "second\n");
    assertThat(scraped(authority.server(), access)).isEqualTo("a 1\n");
    Files.writeString(file, "two words-4717");
    assertThat(scraped(authority.server(), access))
        .startsWith("credentials: ")
        .contains("holds no token of plain characters")
        .doesNotContain("4717");
    Files.delete(file);
    assertThat(scraped(authority.server(), access)).startsWith("credentials: ");
    assertThat(shown).containsExactly("Bearer first", "Bearer second");
  }
}
