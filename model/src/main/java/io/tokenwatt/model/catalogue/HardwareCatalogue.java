package io.tokenwatt.model.catalogue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * From the name that an exporter reports (DCGM's modelName, nvidia-smi's name, AMD's card_series, a
 * Kubernetes product label) to a board. Rows are tried in file order and the first match counts.
 * Immutable, thread-safe. A look-up splits the name and walks the rows (microseconds): call it when
 * a board is first seen, not for each sample.
 */
public final class HardwareCatalogue {
  private static final List<String> HEADER =
      List.of("pattern", "name", "peak_gb_per_s", "memory_gib", "board_power_w");

  private record Row(WordPattern pattern, Hardware hardware) {}

  /** Loads on first use; the class loader makes that once and safe. */
  private static final class Standard {
    static final HardwareCatalogue INSTANCE =
        new HardwareCatalogue(rows(CsvTable.ofResource("hardware.csv")));
  }

  private final List<Row> rows;

  private HardwareCatalogue(List<Row> rows) {
    this.rows = rows;
  }

  /** The catalogue that comes with Tokenwatt: hardware.csv, which names its sources. */
  public static HardwareCatalogue standard() {
    return Standard.INSTANCE;
  }

  /**
   * A catalogue in which the rows of a user's file, written like hardware.csv, come before these.
   *
   * @throws CatalogueException listing every faulty line
   */
  public HardwareCatalogue withOverrides(Path file) {
    List<Row> all = new ArrayList<>(rows(CsvTable.ofFile(file)));
    all.addAll(rows);
    return new HardwareCatalogue(List.copyOf(all));
  }

  /** The board of that name; one that no row describes keeps its own name, trimmed. */
  public Hardware resolve(String modelName) {
    Set<String> words = WordPattern.words(modelName);
    return rows.stream()
        .filter(row -> row.pattern().matches(words))
        .map(Row::hardware)
        .findFirst()
        .orElseGet(() -> Hardware.unknown(modelName.strip()));
  }

  /** Every described board once, in file order; what storage's table of hardware is filled from. */
  public List<Hardware> all() {
    return rows.stream().map(Row::hardware).distinct().toList();
  }

  private static List<Row> rows(CsvTable table) {
    return table.rows(HEADER, HardwareCatalogue::row);
  }

  private static Row row(List<String> fields) {
    if (fields.get(1).isEmpty()) {
      throw new IllegalArgumentException("name is empty");
    }
    Hardware hardware =
        new Hardware(
            fields.get(1),
            bandwidth(fields.get(2)),
            whole("memory_gib", fields.get(3)),
            whole("board_power_w", fields.get(4)));
    return new Row(WordPattern.parse(fields.get(0)), hardware);
  }

  private static OptionalDouble bandwidth(String text) {
    if (text.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (!text.matches("\\d+(\\.\\d+)?") || Double.parseDouble(text) <= 0) {
      throw new IllegalArgumentException(
          "peak_gb_per_s '" + text + "' is not a positive number; leave it empty where unknown");
    }
    return OptionalDouble.of(Double.parseDouble(text));
  }

  private static int whole(String column, String text) {
    if (text.isEmpty()) {
      return 0;
    }
    if (!text.matches("[1-9]\\d{0,5}")) {
      throw new IllegalArgumentException(
          column + " '" + text + "' is not a whole positive number; leave it empty where unknown");
    }
    return Integer.parseInt(text);
  }
}
