package io.tokenwatt.storage;

import static java.util.Objects.requireNonNull;

import io.tokenwatt.config.tls.TlsFiles;
import java.io.Serializable;
import java.nio.file.Path;

/**
 * Where the store is and who we are there. Serializable, so that a Flink sink can carry it.
 *
 * @param url ClickHouse's HTTP address such as {@code http://host:8123}; {@code https} for TLS
 * @param password never shown by {@link #toString()}
 * @param database the database of all tables, normally {@value #DATABASE}
 * @param tls what is trusted and shown; with it the url must be https
 */
public record StoreConfig(String url, String user, String password, String database, Tls tls)
    implements Serializable {

  public static final String DATABASE = "tokenwatt";

  public StoreConfig {
    requireNonNull(url, "url is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
    requireNonNull(database, "database is null");
    requireNonNull(tls, "tls is null");
    if (!url.matches("https?://[^/?#@\\s]+/?")) {
      throw new IllegalArgumentException(
          "ClickHouse url must look like http://host:8123, without user, path or query");
    }
    if (!tls.equals(Tls.PLATFORM) && !url.startsWith("https:")) {
      throw new IllegalArgumentException(
          "tls needs an https address, such as https://host:8443; in clear no certificate protects anything");
    }
    if (!database.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "database must be a plain name of letters, digits and _, not '" + database + "'");
    }
  }

  /** With the platform's certificates, where the url is https. */
  public StoreConfig(String url, String user, String password, String database) {
    this(url, user, password, database, Tls.PLATFORM);
  }

  /**
   * PEM texts, so that they travel to a cluster's workers with the configuration.
   *
   * @param ca certificates that are trusted instead of the platform's; "" = the platform's
   * @param certificate what we show; "" = nothing
   * @param key its key; "" = none
   */
  public record Tls(String ca, String certificate, String key) implements Serializable {
    public static final Tls PLATFORM = new Tls("", "", "");

    /**
     * @throws IllegalArgumentException naming the file that cannot be used
     */
    public static Tls of(TlsFiles files) {
      return new Tls(
          files.caText().orElse(""),
          files.certificateText().orElse(""),
          files.keyTextWithAlgorithm().orElse(""));
    }

    @Override
    public String toString() {
      return equals(PLATFORM) ? "platform" : "own certificates";
    }
  }

  /**
   * As the options of a command name it.
   *
   * @param ca path of a PEM file; "" = the platform's certificates
   * @throws IllegalArgumentException saying what is wrong
   */
  public static StoreConfig of(
      String url, String user, String password, String database, String ca) {
    Tls tls = ca.isBlank() ? Tls.PLATFORM : Tls.of(TlsFiles.trusting(Path.of(ca)));
    return new StoreConfig(url, user, password, database, tls);
  }

  public StoreConfig withUrl(String newUrl) {
    return new StoreConfig(newUrl, user, password, database, tls);
  }

  /** User default without a password, database {@value #DATABASE}: the embedded engine. */
  public static StoreConfig of(String url) {
    return new StoreConfig(url, "default", "", DATABASE);
  }

  @Override
  public String toString() {
    return user + "@" + url + "/" + database;
  }
}
