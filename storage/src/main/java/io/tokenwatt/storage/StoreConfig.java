package io.tokenwatt.storage;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * Where the store is and who we are there. Serializable, so that a Flink sink can carry it.
 *
 * @param url ClickHouse's HTTP address such as {@code http://host:8123}; {@code https} for TLS
 * @param password never shown by {@link #toString()}
 * @param database the database of all tables, normally {@value #DATABASE}
 */
public record StoreConfig(String url, String user, String password, String database)
    implements Serializable {

  public static final String DATABASE = "tokenwatt";

  public StoreConfig {
    requireNonNull(url, "url is null");
    requireNonNull(user, "user is null");
    requireNonNull(password, "password is null");
    requireNonNull(database, "database is null");
    if (!url.matches("https?://[^/?#@\\s]+/?")) {
      throw new IllegalArgumentException(
          "ClickHouse url must look like http://host:8123, without user, path or query");
    }
    if (!database.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "database must be a plain name of letters, digits and _, not '" + database + "'");
    }
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
