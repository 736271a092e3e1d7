package io.tokenwatt.config.tls;

import io.tokenwatt.config.HiddenValues;
import io.tokenwatt.config.Secret;
import io.tokenwatt.config.Section;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * {@code kafka.tls}, {@code kafka.sasl} and {@code kafka.properties} as properties of any Kafka
 * client. Certificates and keys travel as text, so that a cluster's workers need no files. With
 * {@code tls} or {@code sasl} nothing is ever sent in clear: a broker that speaks no TLS is an
 * error. Stateless.
 */
public final class KafkaSecurity {
  private static final Pattern SECRET =
      Pattern.compile(".*(password|secret|jaas\\.config|keystore\\.key).*");
  private static final Map<String, String> LOGIN_MODULES =
      new TreeMap<>(
          Map.of(
              "scram-sha-512", "org.apache.kafka.common.security.scram.ScramLoginModule",
              "scram-sha-256", "org.apache.kafka.common.security.scram.ScramLoginModule",
              "plain", "org.apache.kafka.common.security.plain.PlainLoginModule"));

  private KafkaSecurity() {}

  /** Reads the three keys of section {@code kafka}. Values are never shown when printed. */
  public static Map<String, String> properties(Section kafka) {
    Map<String, String> all = new LinkedHashMap<>();
    boolean tls = kafka.has("tls");
    boolean sasl = kafka.has("sasl");
    if (tls || sasl) {
      all.put("security.protocol", sasl ? "SASL_SSL" : "SSL");
      tls(TlsFiles.of(kafka.section("tls")), all);
    }
    if (sasl) {
      if (!tls) {
        kafka.reject("sasl", "needs tls beside it; write tls: {} for the platform's certificates");
      }
      sasl(kafka.section("sasl"), all);
    }
    further(kafka.section("properties"), all);
    return HiddenValues.of(all);
  }

  private static void tls(TlsFiles files, Map<String, String> all) {
    files
        .caText()
        .ifPresent(
            text -> {
              all.put("ssl.truststore.type", "PEM");
              all.put("ssl.truststore.certificates", text);
            });
    files
        .certificateText()
        .ifPresent(
            text -> {
              all.put("ssl.keystore.type", "PEM");
              all.put("ssl.keystore.certificate.chain", text);
            });
    files.keyText().ifPresent(text -> all.put("ssl.keystore.key", text));
  }

  private static void sasl(Section sasl, Map<String, String> all) {
    String mechanism = sasl.choice("mechanism", "scram-sha-512", LOGIN_MODULES.keySet());
    String user = sasl.text("user");
    Optional<Secret> password = sasl.secret("password");
    if (!sasl.has("password")) {
      sasl.reject("password", "is required");
    }
    all.put("sasl.mechanism", mechanism.toUpperCase(Locale.ROOT));
    all.put(
        "sasl.jaas.config",
        "%s required username=%s password=%s;"
            .formatted(
                LOGIN_MODULES.get(mechanism),
                quoted(user),
                quoted(password.map(Secret::reveal).orElse(""))));
  }

  /** As a string of JAAS: only backslash and quote mean something in it. */
  private static String quoted(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static void further(Section properties, Map<String, String> all) {
    for (String name : properties.keys()) {
      String value =
          SECRET.matcher(name).matches()
              ? properties.secret(name).map(Secret::reveal).orElse("")
              : properties.text(name, "");
      if (all.putIfAbsent(name, value) != null) {
        properties.reject(name, "is set by kafka.tls or kafka.sasl; give one of them");
      }
    }
  }
}
