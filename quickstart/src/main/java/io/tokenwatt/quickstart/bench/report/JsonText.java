package io.tokenwatt.quickstart.bench.report;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Sections for programs: one JSON object, a key per section, null for what is not known. */
public final class JsonText {
  private JsonText() {}

  public static String of(List<Section> sections) {
    return sections.stream()
        .map(section -> quoted(section.name()) + ": " + section(section))
        .collect(Collectors.joining(",\n", "{\n", "\n}\n"));
  }

  private static String section(Section section) {
    String rows =
        section.rows().stream()
            .map(row -> row(section.columns(), row))
            .collect(Collectors.joining(",\n  ", "[\n  ", "]"));
    String notes =
        section.notes().stream().map(JsonText::quoted).collect(Collectors.joining(", ", "[", "]"));
    return "{\"title\": %s,\n \"rows\": %s,\n \"notes\": %s}"
        .formatted(quoted(section.title()), rows, notes);
  }

  private static String row(List<String> columns, List<Object> cells) {
    StringBuilder json = new StringBuilder("{");
    for (int i = 0; i < columns.size(); i++) {
      json.append(i == 0 ? "" : ", ").append(quoted(columns.get(i))).append(": ");
      json.append(value(cells.get(i)));
    }
    return json.append('}').toString();
  }

  private static String value(Object cell) {
    if (cell instanceof Double number && (number.isNaN() || number.isInfinite())) {
      return "null";
    }
    return cell instanceof String text ? quoted(text) : String.valueOf(cell);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
