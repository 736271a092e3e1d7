package io.tokenwatt.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code ${env:NAME}}, {@code ${env:NAME:-otherwise}} and {@code ${file:PATH}} into a value;
 * "$$" followed by "{" is a plain "${". What was filled in is not looked at again.
 */
final class Placeholders {
  private static final Pattern FORM = Pattern.compile("\\$?\\$\\{([^}]*)}?");
  private static final int MAX_FILE_BYTES = 64 * 1024;

  private final Environment environment;
  private final Path folder;

  Placeholders(Environment environment, Path folder) {
    this.environment = environment;
    this.folder = folder;
  }

  /**
   * @throws IllegalArgumentException naming the placeholder that cannot be filled, never a value
   */
  String fill(String raw) {
    Matcher matcher = FORM.matcher(raw);
    StringBuilder filled = new StringBuilder();
    while (matcher.find()) {
      String written = matcher.group();
      String value = written.startsWith("$$") ? written.substring(1) : value(written, matcher);
      matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
    }
    return matcher.appendTail(filled).toString();
  }

  private String value(String written, Matcher matcher) {
    String name = matcher.group(1);
    if (written.endsWith("}") && name.startsWith("env:")) {
      return variable(name.substring("env:".length()));
    }
    if (written.endsWith("}") && name.startsWith("file:")) {
      return file(folder.resolve(name.substring("file:".length())));
    }
    throw new IllegalArgumentException(
        "expected ${env:NAME} or ${file:PATH} (write $${ for a plain ${)");
  }

  private String variable(String name) {
    String[] parts = name.split(":-", 2);
    Optional<String> value = environment.variable(parts[0]);
    if (value.isEmpty() && parts.length == 1) {
      throw new IllegalArgumentException("environment variable " + parts[0] + " is not set");
    }
    return value.orElseGet(() -> parts[1]);
  }

  private static String file(Path path) {
    try {
      if (Files.size(path) > MAX_FILE_BYTES) {
        throw new IllegalArgumentException("file " + path + " is larger than 64KiB");
      }
      // Editors and `echo` end a file with a newline that is not part of the secret.
      return Files.readString(path, StandardCharsets.UTF_8).stripTrailing();
    } catch (IOException e) {
      throw new IllegalArgumentException("file " + path + " cannot be read: " + e, e);
    }
  }
}
