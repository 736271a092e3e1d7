package io.tokenwatt.collectors.requests;

import io.tokenwatt.config.Secret;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/**
 * How request events are taken in.
 *
 * @param listen of {@code POST /v1/requests} and {@code POST /v1/traces}; port 0 = any free one
 * @param bearerToken that senders must show; empty = anybody who reaches the address
 * @param tenantKey key of the tenants' hashes; empty = tenants travel as they are
 * @param counted the vantage whose events count requests and tokens; the other one's add latencies
 * @param maxBody most bytes of one body, unpacked
 * @param topic events go to
 * @param servedBy for servers that this agent does not scrape; the first that holds counts
 * @param labels how many values of what clients can write freely are published
 * @param defaults what an event that does not say who served it means
 */
public record RequestsSpec(
    InetSocketAddress listen,
    Optional<Secret> bearerToken,
    Optional<Secret> tenantKey,
    Vantage counted,
    int maxBody,
    String topic,
    List<ServedByRule> servedBy,
    Told defaults,
    LabelLimits labels) {
  public static final int DEFAULT_MAX_BODY = 4 << 20;

  /** OTLP's own port for HTTP. */
  public static final int DEFAULT_PORT = 4318;

  public RequestsSpec {
    servedBy = List.copyOf(servedBy);
  }

  /** With the usual limits. */
  public RequestsSpec(
      InetSocketAddress listen,
      Optional<Secret> bearerToken,
      Optional<Secret> tenantKey,
      Vantage counted,
      int maxBody,
      String topic,
      List<ServedByRule> servedBy,
      Told defaults) {
    this(
        listen,
        bearerToken,
        tenantKey,
        counted,
        maxBody,
        topic,
        servedBy,
        defaults,
        LabelLimits.DEFAULT);
  }

  TenantKey tenants() {
    return tenantKey.map(TenantKey::of).orElseGet(TenantKey::plain);
  }
}
