package io.tokenwatt.storage;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import java.util.Optional;

/** Certificates for ClickHouse's client, and its refusals in words. Stateless. */
final class StoreTls {
  /** AUTHENTICATION_FAILED, REQUIRED_PASSWORD, UNKNOWN_USER of ClickHouse's ErrorCodes.cpp. */
  private static final java.util.Set<Integer> LOGIN = java.util.Set.of(516, 194, 192);

  private StoreTls() {}

  static void set(StoreConfig.Tls tls, Client.Builder builder) {
    if (!tls.ca().isEmpty()) {
      builder.setRootCertificate(tls.ca());
    }
    if (!tls.certificate().isEmpty()) {
      builder.setClientCertificate(tls.certificate());
      builder.setClientKey(tls.key());
    }
  }

  /** ClickHouse does not say whether user or password is wrong, and neither do we. */
  static Optional<String> login(ServerException refusal) {
    return LOGIN.contains(refusal.getCode())
        ? Optional.of(
            "the login is refused; check user and password (%s)".formatted(refusal.getMessage()))
        : Optional.empty();
  }
}
