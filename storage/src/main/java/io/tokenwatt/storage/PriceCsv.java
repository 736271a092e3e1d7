package io.tokenwatt.storage;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Prices as people keep them: UTF-8 lines of {@value #HEADER}, that header first, then one price
 * per line. No quoting: the note is the rest of its line, commas included; the other fields have
 * none. Blank lines and lines starting with # are skipped. Times are ISO 8601 in UTC on a whole
 * hour, such as 2026-01-01T00:00:00Z; example is true or false.
 */
public final class PriceCsv {
  public static final String HEADER =
      "provider,region,hardware,purchase_option,effective_from,usd_per_gpu_hour,example,note";

  private static final int FIELDS = 8;

  private PriceCsv() {}

  /**
   * @param name of the file, for messages
   * @throws IllegalArgumentException listing every problem with its line; nothing is returned then
   */
  public static List<Price> parse(String name, List<String> lines) {
    List<Price> prices = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    boolean headerSeen = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      try {
        if (!headerSeen) {
          headerSeen = true;
          requireHeader(line);
        } else {
          prices.add(price(line));
        }
      } catch (RuntimeException e) {
        problems.add(name + ":" + (i + 1) + ": " + e.getMessage());
      }
    }
    if (!headerSeen) {
      problems.add(name + ": no prices; the first line must be " + HEADER);
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", problems));
    }
    return List.copyOf(prices);
  }

  private static void requireHeader(String line) {
    if (!line.equals(HEADER)) {
      throw new IllegalArgumentException("the first line must be " + HEADER);
    }
  }

  private static Price price(String line) {
    String[] fields = line.split(",", FIELDS);
    if (fields.length != FIELDS) {
      throw new IllegalArgumentException(
          fields.length + " fields instead of " + FIELDS + ": " + HEADER);
    }
    return new Price(
        fields[0].strip(),
        fields[1].strip(),
        fields[2].strip(),
        fields[3].strip(),
        Instant.parse(fields[4].strip()),
        amount(fields[5].strip()),
        flag(fields[6].strip()),
        fields[7].strip());
  }

  private static BigDecimal amount(String text) {
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("usd_per_gpu_hour is not a number: " + text, e);
    }
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("example is true or false, not " + text);
    };
  }
}
