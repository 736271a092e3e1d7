package io.tokenwatt.storage.report;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An answer as one JSON object: report, from, to, observed, rows, notes. Pure. */
final class JsonText {
  private JsonText() {}

  static String of(Answer answer) {
    List<String> names = CsvText.names(answer.report());
    return """
        {"report": %s,
         "question": %s,
         "from": "%s",
         "to": "%s",
         "observed": %s,
         "rows": [%s],
         "notes": [%s]}
        """
        .formatted(
            value(answer.report().name()),
            value(answer.report().question()),
            answer.span().since(),
            answer.span().until(),
            observed(answer.observed()),
            answer.rows().stream().map(row -> row(names, row)).collect(lines()),
            answer.notes().stream().map(JsonText::value).collect(lines()));
  }

  private static java.util.stream.Collector<CharSequence, ?, String> lines() {
    return Collectors.joining(",\n  ", "\n  ", "");
  }

  private static String observed(Answer.Observed observed) {
    return observed == null
        ? "null"
        : "{\"first\": %s, \"last\": %s, \"hours\": %d, \"board_coverage\": %s}"
            .formatted(
                value(observed.first()),
                value(observed.last()),
                observed.hours(),
                observed.boardCoverage());
  }

  private static String row(List<String> names, Map<String, Object> row) {
    return names.stream()
        .map(name -> value(name) + ": " + value(row.get(name)))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  private static String value(Object value) {
    if (value instanceof BigDecimal number) {
      return number.toPlainString();
    }
    return value == null || value instanceof Boolean
        ? String.valueOf(value)
        : quoted((String) value);
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.chars()
        .forEach(
            c -> {
              if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
              } else if (c < 0x20) {
                json.append(String.format(Locale.ROOT, "\\u%04x", c));
              } else {
                json.append((char) c);
              }
            });
    return json.append('"').toString();
  }
}
