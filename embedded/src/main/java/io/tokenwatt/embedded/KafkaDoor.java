package io.tokenwatt.embedded;

import java.nio.file.Path;
import java.util.Optional;

/**
 * One more listener of an embedded broker, on a free port of the loopback interface: TLS, and with
 * SASL a login by SCRAM-SHA-512. Immutable.
 *
 * @param name of lower-case letters, unlike that of other doors
 * @param keys PEM file: the private key, PKCS #8, and the certificates that the broker shows
 * @param clients PEM file of the CA that clients' certificates must be signed by; empty: none is
 *     asked for
 */
public record KafkaDoor(String name, boolean sasl, Path keys, Optional<Path> clients) {
  private static final String SCRAM = "org.apache.kafka.common.security.scram.ScramLoginModule";

  public KafkaDoor {
    if (!name.matches("[a-z]+") || name.equals("broker") || name.equals("controller")) {
      throw new IllegalArgumentException("door \"" + name + "\" needs a name of its own, in a-z");
    }
  }

  public static KafkaDoor tls(String name, Path keys) {
    return new KafkaDoor(name, false, keys, Optional.empty());
  }

  public static KafkaDoor mutualTls(String name, Path keys, Path clients) {
    return new KafkaDoor(name, false, keys, Optional.of(clients));
  }

  public static KafkaDoor sasl(String name, Path keys) {
    return new KafkaDoor(name, true, keys, Optional.empty());
  }

  String protocol() {
    return name.toUpperCase(java.util.Locale.ROOT) + ":" + (sasl ? "SASL_SSL" : "SSL");
  }

  String listener(int port) {
    // By name, since names are what certificates are checked for.
    return name.toUpperCase(java.util.Locale.ROOT) + "://localhost:" + port;
  }

  /** Lines of server.properties. */
  String settings() {
    String prefix = "listener.name." + name + ".";
    StringBuilder lines = new StringBuilder();
    line(lines, prefix + "ssl.keystore.type", "PEM");
    line(lines, prefix + "ssl.keystore.location", path(keys));
    clients.ifPresent(
        ca -> {
          line(lines, prefix + "ssl.client.auth", "required");
          line(lines, prefix + "ssl.truststore.type", "PEM");
          line(lines, prefix + "ssl.truststore.location", path(ca));
        });
    if (sasl) {
      line(lines, prefix + "sasl.enabled.mechanisms", "SCRAM-SHA-512");
      line(lines, prefix + "scram-sha-512.sasl.jaas.config", SCRAM + " required;");
    }
    return lines.toString();
  }

  private static String path(Path path) {
    return path.toAbsolutePath().toString().replace("\\", "\\\\");
  }

  private static void line(StringBuilder lines, String key, String value) {
    lines.append(key).append('=').append(value).append('\n');
  }
}
