package io.tokenwatt.quickstart.documents;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Which columns docs/measures.md tells of, by table or view. A section starts with {@code ###
 * `name`}; a line {@code Also `a`, `b`.} says that these have the same columns. The first cell of a
 * row holds columns, {@code {a,b}} in them for several, or {@code as in `name` without `column`}.
 */
final class ColumnRows {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern BRACES = Pattern.compile("(.*?)\\{([^}]*)}(.*)");

  private final Map<String, List<Row>> rows = new LinkedHashMap<>();
  private final Map<String, String> same = new LinkedHashMap<>();

  private ColumnRows() {}

  /**
   * @param whenNull last of four cells; empty in a table of three
   */
  record Told(String column, String whenNull) {}

  private record Row(String columns, String whenNull) {}

  /** Columns by relation, in the document's order, repeated ones repeated. */
  static Map<String, List<Told>> of(Document document) {
    ColumnRows rows = new ColumnRows();
    String section = "";
    for (String line : document.prose().split("\n")) {
      if (line.startsWith("#")) {
        section = line.startsWith("### `") ? codes(line).get(0) : "";
      } else if (!section.isEmpty()) {
        rows.read(section, line);
      }
    }
    return rows.resolved();
  }

  private void read(String section, String line) {
    if (line.startsWith("Also `")) {
      codes(line).forEach(other -> same.put(other, section));
    } else if (line.startsWith("| `") || line.startsWith("| as in `")) {
      String[] cells = line.split("(?<!\\\\)\\|");
      String whenNull = cells.length > 4 ? cells[4].strip() : "";
      rows.computeIfAbsent(section, name -> new ArrayList<>())
          .add(new Row(cells[1].strip(), whenNull));
    }
  }

  private Map<String, List<Told>> resolved() {
    Map<String, List<Told>> all = new LinkedHashMap<>();
    rows.keySet().forEach(name -> all.put(name, expanded(name)));
    same.forEach((name, as) -> all.put(name, expanded(as)));
    return all;
  }

  private List<Told> expanded(String name) {
    List<Told> all = new ArrayList<>();
    for (Row row : rows.getOrDefault(name, List.of())) {
      List<String> codes = codes(row.columns);
      if (row.columns.startsWith("as in ")) {
        List<Told> taken = expanded(codes.get(0));
        taken.removeIf(told -> codes.subList(1, codes.size()).contains(told.column));
        all.addAll(taken);
      } else {
        codes.forEach(
            code -> braces(code).forEach(column -> all.add(new Told(column, row.whenNull))));
      }
    }
    return all;
  }

  private static List<String> codes(String text) {
    return CODE.matcher(text).results().map(code -> code.group(1)).toList();
  }

  private static List<String> braces(String code) {
    List<MatchResult> braces = BRACES.matcher(code).results().toList();
    if (braces.isEmpty()) {
      return List.of(code);
    }
    List<String> all = new ArrayList<>();
    for (String each : braces.get(0).group(2).split(",")) {
      all.addAll(braces(braces.get(0).group(1) + each + braces.get(0).group(3)));
    }
    return all;
  }
}
