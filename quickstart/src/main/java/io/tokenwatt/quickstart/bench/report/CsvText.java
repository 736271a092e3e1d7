package io.tokenwatt.quickstart.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/** Sections as CSV (RFC 4180), each row led by its section's name; notes follow as {@code #}. */
public final class CsvText {
  private CsvText() {}

  public static String of(List<Section> sections) {
    StringBuilder text = new StringBuilder();
    for (Section section : sections) {
      line(text, "section", section.columns());
      section.rows().forEach(row -> line(text, section.name(), row));
      section.notes().forEach(note -> text.append("# ").append(note).append('\n'));
    }
    return text.toString();
  }

  private static void line(StringBuilder text, String name, List<?> cells) {
    text.append(cell(name)).append(',');
    text.append(cells.stream().map(CsvText::cell).collect(Collectors.joining(","))).append('\n');
  }

  /** Unknown is an empty cell. */
  private static String cell(Object value) {
    boolean unknown = value == null || value instanceof Double d && !Double.isFinite(d);
    String text = unknown ? "" : value.toString();
    boolean plain = text.chars().noneMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
