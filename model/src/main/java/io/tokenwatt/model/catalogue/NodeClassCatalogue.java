package io.tokenwatt.model.catalogue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Node classes from a user's file. None are shipped: the two figures belong to a machine's fans,
 * processors and power supplies. Measure them: machine watts and the sum of board watts, idle and
 * at load, give slope = difference / difference and base = idle machine - slope x idle boards.
 */
public final class NodeClassCatalogue {
  private static final List<String> HEADER =
      List.of("node_class", "base_w", "watts_per_gpu_watt", "source");

  private NodeClassCatalogue() {}

  /**
   * @throws CatalogueException listing every faulty line
   */
  public static List<NodeClass> read(Path file) {
    Set<String> names = new HashSet<>();
    return CsvTable.ofFile(file).rows(HEADER, fields -> row(fields, names));
  }

  private static NodeClass row(List<String> fields, Set<String> names) {
    String name = fields.get(0);
    if (name.isEmpty() || !names.add(name)) {
      throw new IllegalArgumentException(
          name.isEmpty() ? "node_class is empty" : "node_class '" + name + "' is there twice");
    }
    if (fields.get(3).isEmpty()) {
      throw new IllegalArgumentException("source is empty; say when and how it was measured");
    }
    return new NodeClass(
        name,
        scaled("base_w", fields.get(1), 1_000, 0, 200_000),
        scaled("watts_per_gpu_watt", fields.get(2), 1_000_000, 1, 3));
  }

  private static long scaled(String column, String text, long scale, int least, int most) {
    if (text.matches("\\d{1,6}(\\.\\d{1,6})?")) {
      BigDecimal value = new BigDecimal(text);
      if (value.compareTo(BigDecimal.valueOf(least)) >= 0
          && value.compareTo(BigDecimal.valueOf(most)) <= 0) {
        return value
            .multiply(BigDecimal.valueOf(scale))
            .setScale(0, RoundingMode.HALF_EVEN)
            .longValueExact();
      }
    }
    throw new IllegalArgumentException(
        "%s '%s' is not a number from %d to %d".formatted(column, text, least, most));
  }
}
