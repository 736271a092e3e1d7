package io.tokenwatt.quickstart.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.ConfigReader;
import io.tokenwatt.embedded.ClickHouseOptions;
import io.tokenwatt.embedded.EmbeddedClickHouse;
import io.tokenwatt.storage.Store;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.StoreException;
import io.tokenwatt.storage.StoreYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * ClickHouse over TLS, through a {@link TlsDoor}, with the section {@code store} that users write.
 */
class SecuredStoreTest {
  @TempDir private static Path folder;
  private static Authority authority;
  private static EmbeddedClickHouse clickHouse;

  @BeforeAll
  static void open() throws IOException {
    authority = new Authority(folder.resolve("authority"));
    authority.ca();
    new Authority(folder.resolve("stranger")).ca();
    Files.writeString(folder.resolve("right"), "right-4714");
    Files.writeString(folder.resolve("wrong"), "wrong-4715");
    Path users = Files.createDirectories(folder.resolve("clickhouse").resolve("users.d"));
    Files.writeString(
        users.resolve("reader.xml"), RoleUsers.xml("tokenwatt_grafana", "reader", "right-4714"));
    clickHouse = EmbeddedClickHouse.start(ClickHouseOptions.keptIn(users.getParent()));
  }

  @AfterAll
  static void close() {
    clickHouse.close();
  }

  private static StoreConfig store(String url, String password, String tls) {
    String yaml =
        "store:\n  url: %s\n  user: reader\n  password: \"${file:%s}\"\n  tls: {%s}\n"
            .formatted(url, password, tls);
    return ConfigReader.plain()
        .read(
            "jobs.yaml",
            yaml.getBytes(StandardCharsets.UTF_8),
            folder,
            root -> StoreYaml.read(root.section("store")));
  }

  private static long one(StoreConfig config) {
    try (Store store = new Store(config)) {
      return store.rows("SELECT toInt64(1)").get(0).getLong(1);
    }
  }

  private static void refused(HeldCertificate shown, String password, String tls, String said) {
    try (TlsDoor door = TlsDoor.open(shown, clickHouse.httpPort());
        CapturedLog log = new CapturedLog()) {
      assertThatThrownBy(() -> one(store(door.url(), password, tls)))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining(door.url())
          .hasMessageContaining(said)
          .hasMessageNotContaining("4714")
          .hasMessageNotContaining("4715");
    }
  }

  @Test
  void aTrustedServerIsAsked() {
    try (TlsDoor door = TlsDoor.open(authority.server(), clickHouse.httpPort())) {
      assertThat(one(store(door.url(), "right", "ca: authority/ca.pem"))).isEqualTo(1);
      StoreConfig command =
          StoreConfig.of(
              door.url(), "reader", "right-4714", "tokenwatt", folder + "/authority/ca.pem");
      assertThat(one(command)).isEqualTo(1);
    }
  }

  @Test
  void aServerThatWantsACertificateGetsIt() throws IOException {
    for (HeldCertificate.Builder kind :
        new HeldCertificate.Builder[] {
          new HeldCertificate.Builder().rsa2048(), new HeldCertificate.Builder().ecdsa256()
        }) {
      HeldCertificate client = kind.commonName("jobs").build();
      authority.certificate("client", client);
      authority.key("client", client);
      try (TlsDoor door = TlsDoor.mutual(authority.server(), client, clickHouse.httpPort())) {
        String pair = ", certificate: authority/client.pem, key: authority/client-key.pem";
        assertThat(one(store(door.url(), "right", "ca: authority/ca.pem" + pair))).isEqualTo(1);
        // In TLS 1.3 the refusal may come after our request, as a closed connection.
        assertThatThrownBy(() -> one(store(door.url(), "right", "ca: authority/ca.pem")))
            .isInstanceOf(StoreException.class);
      }
    }
  }

  @Test
  void anUntrustedServerIsToldNothing() {
    refused(authority.server(), "right", "ca: stranger/ca.pem", "give the CA's certificate");
    refused(authority.server(), "right", "", "not signed by a trusted CA");
    refused(authority.expiredServer(), "right", "ca: authority/ca.pem", "has expired");
    refused(
        authority.serverNamed("clickhouse.example"),
        "right",
        "ca: authority/ca.pem",
        "certificate is for another name");
  }

  @Test
  void aWrongPasswordIsSaidAndNotShown() {
    refused(authority.server(), "wrong", "ca: authority/ca.pem", "check user and password");
  }

  @Test
  void aServerWithoutTlsIsNeverSpokenToInClear() {
    String https = "https://localhost:" + clickHouse.httpPort();
    assertThatThrownBy(() -> one(store(https, "right", "ca: authority/ca.pem")))
        .hasMessageContaining("does not speak TLS");
    ConfigException clear =
        catchThrowableOfType(
            ConfigException.class,
            () -> store(clickHouse.httpUrl(), "right", "ca: authority/ca.pem"));
    assertThat(clear).hasMessageContaining("jobs.yaml:2: store.url: tls needs an https address");
  }

  @Test
  void everyFileThatCannotBeUsedIsNamedWithItsLine() throws IOException {
    Files.writeString(folder.resolve("empty.pem"), "");
    Files.writeString(
        folder.resolve("old.pem"),
        "-----BEGIN EC PRIVATE KEY-----\nAAAA\n-----END EC PRIVATE KEY-----\n");
    ConfigException bad =
        catchThrowableOfType(
            ConfigException.class,
            () ->
                store(
                    "https://localhost:1",
                    "right",
                    "ca: none.pem,\n    certificate: empty.pem,\n    key: old.pem"));
    assertThat(bad)
        .hasMessageContaining("jobs.yaml:5: store.tls.ca:")
        .hasMessageContaining("none.pem cannot be read")
        .hasMessageContaining("jobs.yaml:6: store.tls.certificate:")
        .hasMessageContaining("expected PEM text with -----BEGIN CERTIFICATE-----")
        .hasMessageContaining("jobs.yaml:7: store.tls.key:")
        .hasMessageContaining("openssl pkcs8 -topk8 -nocrypt");
  }
}
