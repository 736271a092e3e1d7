package io.tokenwatt.collectors.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.config.tls.TlsFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsScrapeTest {
  @TempDir Path folder;

  @Test
  void aCertificateOfOnesOwnIsTrustedOnlyWhereItIsConfigured() throws Exception {
    SelfSigned certificate = new SelfSigned(folder);
    Path pem = certificate.pem();
    Access trusting = Access.OPEN.withTls(TlsFiles.trusting(pem));

    try (Peer peer =
            Peer.of(
                certificate.sockets(),
                (r, out) -> out.write(Peer.response("200 OK", "text/plain", "a 1\n")));
        ScrapeClient client = new ScrapeClient()) {
      String url = "https://localhost:" + peer.port() + "/metrics";

      assertThat(scrape(client, url, Access.OPEN)).startsWith("tls: ");
      assertThat(scrape(client, url, trusting)).isEqualTo("a 1\n");
    }
  }

  private static String scrape(ScrapeClient client, String url, Access access) throws Exception {
    TargetSpec target =
        new TargetSpec("t", TargetSpec.parse(url), Optional.empty(), Optional.empty(), access);
    CompletableFuture<String> end = new CompletableFuture<>();
    client
        .scraper(target, Duration.ofSeconds(10), 1000)
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
    return end.get(20, TimeUnit.SECONDS);
  }
}
