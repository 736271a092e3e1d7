package io.tokenwatt.storage.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One SQL resource with its placeholders filled in.
 *
 * <p>{@code V…} scripts are history: applied once, never edited afterwards. {@code R…} scripts
 * state what should be (views, rollups, retention): applied again whenever their text changes. Both
 * consist of statements that may be run again, also by two processes at once.
 *
 * @param checksum SHA-256 of the text, 16 hex digits
 */
record Script(String name, String text, String checksum) {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

  /** In the order in which they are applied. */
  static final List<String> NAMES =
      List.of(
          "V1__facts.sql",
          "V2__dimensions.sql",
          "V3__rollup_tables.sql",
          "R1__retention.sql",
          "R2__rollups.sql");

  static List<Script> all(Map<String, String> values) {
    return NAMES.stream().map(name -> read(name, values)).toList();
  }

  boolean repeatable() {
    return name.startsWith("R");
  }

  List<String> statements() {
    return SqlStatements.split(text);
  }

  private static Script read(String name, Map<String, String> values) {
    try (InputStream in = Script.class.getResourceAsStream("/db/migration/" + name)) {
      if (in == null) {
        throw new IllegalStateException("resource db/migration/" + name + " is missing");
      }
      String text = fill(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), values);
      return new Script(name, text, checksum(text));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read db/migration/" + name, e);
    }
  }

  private static String fill(String name, String text, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match -> {
              String value = values.get(match.group(1));
              if (value == null) {
                throw new IllegalStateException(name + " uses unknown ${" + match.group(1) + "}");
              }
              return Matcher.quoteReplacement(value);
            });
  }

  private static String checksum(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
