package io.tokenwatt.storage;

import io.tokenwatt.config.Secret;
import io.tokenwatt.config.Section;
import io.tokenwatt.config.tls.TlsFiles;

/** The shape of a section that names a store: url, user, password, database, tls. Stateless. */
public final class StoreYaml {
  private static final String LOCAL = "http://127.0.0.1:8123";

  private StoreYaml() {}

  /** What is wrong becomes a problem of the section; then the result is the local store. */
  public static StoreConfig read(Section section) {
    String url = section.text("url", LOCAL);
    String user = section.text("user", "default");
    String password = section.secret("password").map(Secret::reveal).orElse("");
    String database = section.text("database", StoreConfig.DATABASE);
    TlsFiles files = TlsFiles.of(section.section("tls"));
    try {
      return new StoreConfig(url, user, password, database, StoreConfig.Tls.of(files));
    } catch (IllegalArgumentException e) {
      section.reject(e.getMessage().startsWith("database") ? "database" : "url", e.getMessage());
      return StoreConfig.of(LOCAL);
    }
  }
}
