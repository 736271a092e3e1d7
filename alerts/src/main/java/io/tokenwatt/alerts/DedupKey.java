package io.tokenwatt.alerts;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which messages are about the same incident: {@code tokenwatt/RULE/HASH}, HASH being the first 16
 * hexadecimal digits of SHA-256 over the labels, sorted by name, each as name, NUL, value, NUL in
 * UTF-8. ClickHouse computes the same for Grafana, so the two ways of delivery share their
 * incidents. 64 bits: among a million incidents of one rule two share a key with a chance of 1 in
 * 30 million. Pure.
 */
public final class DedupKey {
  private static final int HEX_DIGITS = 16;

  private DedupKey() {}

  public static String of(String rule, Map<String, String> labels) {
    MessageDigest hash = sha256();
    new TreeMap<>(labels).forEach((name, value) -> update(hash, name + "\0" + value + "\0"));
    String hex = HexFormat.of().formatHex(hash.digest());
    return "tokenwatt/" + rule + "/" + hex.substring(0, HEX_DIGITS);
  }

  /** The expression that gives the same text in ClickHouse, over label columns of text. */
  public static String sql(String rule, Collection<String> labels) {
    StringBuilder text = new StringBuilder("''");
    labels.stream()
        .sorted()
        .forEach(l -> text.append(", '%1$s', char(0), %1$s, char(0)".formatted(l)));
    return "concat('tokenwatt/%s/', lower(substring(hex(SHA256(concat(%s))), 1, %d)))"
        .formatted(rule, text.append(", ''"), HEX_DIGITS);
  }

  private static void update(MessageDigest hash, String text) {
    hash.update(text.getBytes(StandardCharsets.UTF_8));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
