package io.tokenwatt.collectors.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsScrapeTest {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path folder;

  @Test
  void aCertificateOfOnesOwnIsTrustedOnlyWhereItIsConfigured() throws Exception {
    KeyStore keys = selfSigned();
    Path pem = folder.resolve("ca.pem");
    String base64 =
        Base64.getMimeEncoder(64, new byte[] {'\n'})
            .encodeToString(keys.getCertificate("peer").getEncoded());
    Files.writeString(
        pem, "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n");
    Access trusting = new Access(Optional.empty(), Optional.empty(), Optional.of(pem));

    try (Peer peer =
            Peer.of(
                serverContext(keys).getServerSocketFactory(),
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

  // The JDK makes certificates with its keytool only.
  private KeyStore selfSigned() throws Exception {
    Path file = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "peer",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=DNS:localhost,IP:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, PASSWORD);
    }
    return keys;
  }

  private static SSLContext serverContext(KeyStore keys) throws Exception {
    KeyManagerFactory factory =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), null, null);
    return context;
  }
}
