package io.tokenwatt.quickstart.bench.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One table of figures. Cells are String, Integer, Long, Double or null for unknown. Not
 * thread-safe.
 *
 * @param name key in JSON
 * @param columns names with their units
 */
public record Section(
    String name, String title, List<String> columns, List<List<Object>> rows, List<String> notes) {

  public static Section of(String name, String title, String... columns) {
    return new Section(name, title, List.of(columns), new ArrayList<>(), new ArrayList<>());
  }

  /** One cell per column. */
  public void row(Object... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          name + " has " + columns.size() + " columns, a row of " + cells.length + " was given");
    }
    rows.add(Arrays.asList(cells));
  }

  /** What a reader must know to read the figures rightly. */
  public Section note(String text) {
    notes.add(text);
    return this;
  }
}
