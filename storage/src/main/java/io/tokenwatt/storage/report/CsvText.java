package io.tokenwatt.storage.report;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** An answer as RFC 4180 has it: a header, CRLF, values as they are, nothing where not known. */
final class CsvText {
  private CsvText() {}

  static String of(Answer answer) {
    List<String> names = names(answer.report());
    StringBuilder text = new StringBuilder(line(names));
    for (Map<String, Object> row : answer.rows()) {
      text.append(line(names.stream().map(name -> plain(row.get(name))).toList()));
    }
    return text.toString();
  }

  /** The report's columns, then those that give reasons. */
  static List<String> names(Report report) {
    List<String> names =
        new ArrayList<>(report.columns().stream().map(ReportColumn::name).toList());
    report.columns().stream()
        .map(ReportColumn::reason)
        .filter(reason -> !reason.isEmpty() && !names.contains(reason))
        .distinct()
        .forEach(names::add);
    return names;
  }

  private static String plain(Object value) {
    return value == null
        ? ""
        : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  private static String line(List<String> fields) {
    return fields.stream().map(CsvText::field).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String field(String text) {
    boolean quoted = text.chars().anyMatch(c -> c == '"' || c == ',' || c == '\n' || c == '\r');
    return quoted ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
