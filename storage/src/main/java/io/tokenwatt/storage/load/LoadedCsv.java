package io.tokenwatt.storage.load;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads one file: a header of field names in any order, then an entry per line. Blank lines and
 * those starting with # are skipped. A note that is the last column may hold commas without quotes.
 * What kind of file it is, the header tells.
 */
public final class LoadedCsv {
  private final String name;
  private final List<LoadedRow> rows = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private final Set<String> keys = new HashSet<>();
  private LoadedTable table;
  private List<String> header = List.of();

  private LoadedCsv(String name) {
    this.name = name;
  }

  /**
   * @param rows those without a problem
   * @param problems each with file and line
   */
  public record Result(List<LoadedRow> rows, List<String> problems) {
    /**
     * The rows of a file that must be right.
     *
     * @throws IllegalArgumentException listing all problems
     */
    public List<LoadedRow> orThrow() {
      if (!problems.isEmpty()) {
        throw new IllegalArgumentException(String.join("\n", problems));
      }
      return rows;
    }
  }

  /**
   * @param name of the file, for messages
   */
  public static Result read(String name, List<String> lines) {
    LoadedCsv csv = new LoadedCsv(name);
    for (int i = 0; i < lines.size(); i++) {
      String line = i == 0 ? lines.get(0).replaceFirst("^\uFEFF", "") : lines.get(i);
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        csv.line(name + ":" + (i + 1), line.strip());
      }
    }
    if (csv.header.isEmpty()) {
      csv.problems.add(
          name + ": no header. The files that can be loaded:\n" + LoadedTable.headers());
    }
    return new Result(List.copyOf(csv.rows), List.copyOf(csv.problems));
  }

  private void line(String place, String line) {
    try {
      List<String> fields = CsvLines.fields(line);
      if (header.isEmpty()) {
        header(place, fields);
      } else if (table != null) {
        row(place, fields);
      }
    } catch (IllegalArgumentException e) {
      problems.add(place + ": " + e.getMessage());
    }
  }

  private void header(String place, List<String> fields) {
    header =
        fields.stream()
            .map(field -> field.equals("usd_per_gpu_hour") ? "per_gpu_hour" : field)
            .toList();
    table = LoadedTable.of(fields).orElse(null);
    if (table == null) {
      throw new IllegalArgumentException(
          "no column tells what this file holds. The files that can be loaded:\n"
              + LoadedTable.headers());
    }
    List<String> known = table.fields().stream().map(Field::name).toList();
    for (String field : header) {
      if (!known.contains(field)) {
        problems.add(
            place + ": " + table.table() + " has no column '" + field + "'; it has " + known);
      }
    }
    if (new HashSet<>(header).size() < header.size()) {
      problems.add(place + ": a column is there twice");
    }
  }

  private void row(String place, List<String> given) {
    List<String> fields = withWholeNote(given);
    if (fields.size() != header.size()) {
      throw new IllegalArgumentException(
          fields.size() + " fields instead of " + header.size() + ": " + String.join(",", header));
    }
    Map<String, String> texts = new HashMap<>();
    for (int i = 0; i < fields.size(); i++) {
      texts.put(header.get(i), fields.get(i));
    }
    List<String> wrong = new ArrayList<>();
    if (table == LoadedTable.PRICES) {
      OwnedRate.fill(texts, wrong);
    }
    List<Object> values = new ArrayList<>();
    for (Field field : table.fields()) {
      values.add(value(field, texts.getOrDefault(field.name(), ""), wrong));
    }
    LoadedRow row = new LoadedRow(table, place, values);
    if (wrong.isEmpty()) {
      wrong.addAll(RowChecks.problems(row));
    }
    if (wrong.isEmpty() && !keys.add(row.key())) {
      wrong.add("the entry is there twice in this file: " + row.key());
    }
    wrong.forEach(problem -> problems.add(place + ": " + problem));
    if (wrong.isEmpty()) {
      rows.add(row);
    }
  }

  private List<String> withWholeNote(List<String> fields) {
    int last = header.size() - 1;
    if (fields.size() <= header.size() || !header.get(last).equals("note")) {
      return fields;
    }
    List<String> joined = new ArrayList<>(fields.subList(0, last));
    joined.add(String.join(", ", fields.subList(last, fields.size())));
    return joined;
  }

  private static Object value(Field field, String text, List<String> wrong) {
    if (text.isEmpty() && field.missing() == null) {
      wrong.add(field.name() + " is missing");
      return null;
    }
    try {
      return field.type().parse(text.isEmpty() ? field.missing() : text);
    } catch (IllegalArgumentException e) {
      wrong.add(field.name() + " " + e.getMessage());
      return null;
    }
  }

  /** Whether a value is there and above zero. */
  static boolean positive(BigDecimal value) {
    return value != null && value.signum() > 0;
  }
}
