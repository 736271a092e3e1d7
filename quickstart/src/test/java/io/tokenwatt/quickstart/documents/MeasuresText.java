package io.tokenwatt.quickstart.documents;

import io.tokenwatt.model.Quality;
import io.tokenwatt.quickstart.documents.Relations.Column;
import io.tokenwatt.quickstart.documents.Relations.Table;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The part of docs/measures.md that the schema and the enums tell. */
final class MeasuresText {
  private static final Pattern UNIT = Pattern.compile("\\[([^]]+)] (.*)");
  private static final List<String> LENGTHS = List.of("_10s", "_1m", "_1h");

  private MeasuresText() {}

  static String of(List<Table> tables) {
    StringBuilder text = new StringBuilder("\n## Quality flags\n\n");
    text.append("| flag | bit | means |\n|---|---|---|\n");
    for (Quality flag : Quality.values()) {
      text.append("| `%s` | %d | %s |\n".formatted(flag.label(), flag.bit(), flag.meaning()));
    }
    text.append("\n## Tables\n\n");
    text.append("Read them with `FINAL`: a row may be written twice, and the fullest one counts. ");
    text.append("Amounts are never NULL: where its\n`…_observed_ms` (or `…_known`) is 0, ");
    text.append("an amount of 0 means not known. `_1m` and `_1h` hold the same amounts,\n");
    text.append("summed over minutes and hours.\n");
    families(tables).values().forEach(family -> text.append(section(family)));
    return text + "\n";
  }

  /** Tables of one name and several window lengths, the shortest first; facts before the rest. */
  private static Map<String, List<Table>> families(List<Table> tables) {
    Comparator<Table> factsFirst =
        Comparator.comparing((Table t) -> length(t.name()) < 0)
            .thenComparing(t -> stem(t.name()))
            .thenComparing(t -> length(t.name()));
    return tables.stream()
        .sorted(factsFirst)
        .collect(
            Collectors.groupingBy(
                t -> stem(t.name()), LinkedHashMap::new, Collectors.toUnmodifiableList()));
  }

  private static int length(String table) {
    return LENGTHS.indexOf(table.substring(Math.max(0, table.lastIndexOf('_'))));
  }

  private static String stem(String table) {
    return length(table) < 0 ? table : table.substring(0, table.lastIndexOf('_'));
  }

  /** The finest table whole; of the others, which are alike, what differs from it. */
  private static String section(List<Table> family) {
    Table first = family.get(0);
    StringBuilder text = new StringBuilder(heading(List.of(first)));
    first.columns().forEach(column -> text.append(row(column)));
    if (family.size() > 1) {
      List<Table> coarser = family.subList(1, family.size());
      text.append(heading(coarser)).append("| as in ").append(difference(first, coarser.get(0)));
      coarser.get(0).columns().stream()
          .filter(column -> !names(first).contains(column.name()))
          .forEach(column -> text.append(row(column)));
    }
    return text.toString();
  }

  private static String difference(Table first, Table coarser) {
    List<String> absent = new ArrayList<>(names(first));
    absent.removeAll(names(coarser));
    String without = absent.isEmpty() ? "" : " without `" + String.join("`, `", absent) + "`";
    return "`%s`%s | | the same, over longer windows |\n".formatted(first.name(), without);
  }

  private static List<String> names(Table table) {
    return table.columns().stream().map(Column::name).toList();
  }

  private static String heading(List<Table> alike) {
    String also =
        alike.size() == 1
            ? ""
            : alike.stream()
                .skip(1)
                .map(t -> "`" + t.name() + "`")
                .collect(Collectors.joining(", ", "Also ", ".\n\n"));
    return "\n### `%s`\n\n%s%s\n\n| column | unit | what it is |\n|---|---|---|\n"
        .formatted(alike.get(0).name(), also, alike.get(0).comment());
  }

  private static String row(Column column) {
    Matcher comment = UNIT.matcher(column.comment());
    if (!comment.matches()) {
      throw new IllegalStateException("no [unit] in the comment of column " + column.name());
    }
    return "| `%s` | %s | %s |\n"
        .formatted(column.name(), comment.group(1), comment.group(2).replace("|", "\\|"));
  }
}
