package io.tokenwatt.collectors.requests;

import io.tokenwatt.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Replaces tenants by keyed hashes: HMAC-SHA256 (RFC 2104), its first 16 bytes in hex. Who has the
 * key finds a tenant's rows; nobody finds a tenant from its rows. Thread-safe.
 */
final class TenantKey {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 16;

  private final Optional<SecretKeySpec> key;

  private TenantKey(Optional<SecretKeySpec> key) {
    this.key = key;
  }

  static TenantKey of(Secret secret) {
    return new TenantKey(
        Optional.of(
            new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM)));
  }

  static TenantKey plain() {
    return new TenantKey(Optional.empty());
  }

  boolean isPlain() {
    return key.isEmpty();
  }

  /** "" stays "": not told. */
  String hash(String tenant) {
    if (tenant.isEmpty() || key.isEmpty()) {
      return tenant;
    }
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key.get());
      byte[] digest = mac.doFinal(tenant.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
    }
  }
}
