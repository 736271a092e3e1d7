package io.tokenwatt.config.tls;

import java.util.Optional;

/** Why a Kafka client cannot speak to its brokers, and what to do about it. Stateless. */
public final class KafkaFailure {
  private KafkaFailure() {}

  /**
   * A failure of TLS or of the login, which no waiting heals.
   *
   * @param failure what the client threw, with its causes
   */
  public static Optional<String> security(Throwable failure) {
    int depth = 0;
    for (Throwable t = failure; t != null && depth < 50; t = t.getCause(), depth++) {
      // By name: this module knows no Kafka.
      String type = t.getClass().getSimpleName();
      if (type.equals("SaslAuthenticationException")
          || type.equals("UnsupportedSaslMechanismException")) {
        return Optional.of(
            "the login is refused (%s); check kafka.sasl: user, password and mechanism"
                .formatted(t.getMessage()));
      }
      if (type.equals("IllegalSaslStateException")) {
        return Optional.of(
            "the broker does not take logins on this port (%s); use its SASL_SSL port"
                .formatted(t.getMessage()));
      }
      if (type.endsWith("AuthorizationException")) {
        return Optional.of(
            "the broker does not allow it (%s); grant this user what docs/operations.md lists"
                .formatted(t.getMessage()));
      }
    }
    return Handshake.problem(failure).map(said -> said.replace("tls.", "kafka.tls."));
  }

  /** {@link #security}, else the client's own message. */
  public static String words(Throwable failure) {
    return security(failure).orElseGet(() -> String.valueOf(failure.getMessage()));
  }
}
