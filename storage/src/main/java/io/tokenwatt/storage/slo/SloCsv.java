package io.tokenwatt.storage.slo;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * SLOs as people keep them: UTF-8 lines of {@value #HEADER}, that header first, then one SLO per
 * line. No quoting: the note is the rest of its line, commas included; the other fields have none.
 * Blank lines and lines starting with # are skipped.
 */
public final class SloCsv {
  public static final String HEADER =
      "slo,model,service_class,vantage,measure,target_s,objective,period_days,owner,effective_from,note";

  private static final int FIELDS = 11;

  private SloCsv() {}

  /**
   * @param entries those without a problem
   * @param problems each with its file and line
   */
  public record Result(List<SloEntry> entries, List<String> problems) {}

  /**
   * @param name of the file, for messages
   */
  public static Result read(String name, List<String> lines) {
    List<SloEntry> entries = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    Map<String, Integer> seen = new HashMap<>();
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
          SloEntry entry = entry(line);
          Integer before = seen.putIfAbsent(entry.slo() + "," + entry.effectiveFrom(), i + 1);
          if (before != null) {
            throw new IllegalArgumentException("the same slo and effective_from as line " + before);
          }
          entries.add(entry);
        }
      } catch (IllegalArgumentException | DateTimeException e) {
        problems.add(name + ":" + (i + 1) + ": " + e.getMessage());
      }
    }
    if (!headerSeen) {
      problems.add(name + ": no SLOs; the first line must be " + HEADER);
    }
    return new Result(List.copyOf(entries), List.copyOf(problems));
  }

  /** A line that {@link #read} reads back. */
  static String line(SloEntry e) {
    return String.join(
        ",",
        e.slo(),
        e.model(),
        e.serviceClass(),
        e.vantage(),
        e.measure(),
        plain(e.targetS()),
        plain(e.objective()),
        Integer.toString(e.periodDays()),
        e.owner(),
        e.effectiveFrom().toString(),
        e.note());
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  private static void requireHeader(String line) {
    if (!line.equals(HEADER)) {
      throw new IllegalArgumentException("the first line must be " + HEADER);
    }
  }

  private static SloEntry entry(String line) {
    String[] f = line.split(",", FIELDS);
    if (f.length != FIELDS) {
      throw new IllegalArgumentException(f.length + " fields instead of " + FIELDS + ": " + HEADER);
    }
    for (int i = 0; i < FIELDS; i++) {
      f[i] = f[i].strip();
    }
    return new SloEntry(
        f[0],
        f[1],
        f[2],
        f[3],
        f[4],
        number("target_s", f[5]),
        number("objective", f[6]),
        (int) number("period_days", f[7]),
        f[8],
        Instant.parse(f[9]),
        f[10]);
  }

  private static double number(String column, String text) {
    try {
      return new BigDecimal(text).doubleValue();
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(column + " is not a number: " + text, e);
    }
  }
}
