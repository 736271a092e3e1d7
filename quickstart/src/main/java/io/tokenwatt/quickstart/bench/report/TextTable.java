package io.tokenwatt.quickstart.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Sections for people: aligned columns, a dash for what is not known. */
public final class TextTable {
  private static final String UNKNOWN = "–";

  private TextTable() {}

  public static String of(Section section) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(section.columns());
    section.rows().forEach(row -> lines.add(row.stream().map(TextTable::cell).toList()));
    int[] widths = new int[section.columns().size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder("\n").append(section.title()).append("\n\n");
    for (List<String> line : lines) {
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        boolean words = section.rows().stream().allMatch(words(i));
        String pad = " ".repeat(widths[i] - line.get(i).length());
        row.append(words ? line.get(i) + pad : pad + line.get(i)).append("  ");
      }
      text.append(row.toString().stripTrailing()).append('\n');
    }
    section.notes().forEach(note -> text.append("* ").append(note).append('\n'));
    return text.toString();
  }

  private static java.util.function.Predicate<List<Object>> words(int column) {
    return row -> row.get(column) == null || row.get(column) instanceof String;
  }

  static String cell(Object value) {
    if (value == null) {
      return UNKNOWN;
    }
    if (!(value instanceof Double number)) {
      return value instanceof Long whole ? String.format(Locale.ROOT, "%,d", whole) : value + "";
    }
    double size = Math.abs(number);
    String format = size >= 1_000 ? "%,.0f" : size >= 10 ? "%.1f" : size >= 0.1 ? "%.2f" : "%.4g";
    return size == 0 ? "0" : String.format(Locale.ROOT, format, number);
  }
}
