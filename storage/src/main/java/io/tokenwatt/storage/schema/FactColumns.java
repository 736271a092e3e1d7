package io.tokenwatt.storage.schema;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.NodeMeasure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What scripts write for the columns of a cell's facts. A view that names them so is applied again
 * when the enum grows.
 */
final class FactColumns {
  private FactColumns() {}

  static Map<String, String> values() {
    List<String> facts = new ArrayList<>(List.of("window_start"));
    facts.addAll(Cell.COLUMNS);
    facts.add("cell_id");
    Arrays.stream(CellMeasure.values()).map(CellMeasure::column).forEach(facts::add);
    facts.addAll(List.of("quality", "source_period_ms", "attribution_method"));
    List<String> nodes = new ArrayList<>(List.of("window_start", "node", "site", "rack"));
    Arrays.stream(NodeMeasure.values()).map(NodeMeasure::column).forEach(nodes::add);
    nodes.add("source_period_ms");
    return Map.of(
        "dimensions",
        String.join(", ", Cell.COLUMNS),
        "fact_columns",
        String.join(", ", facts),
        "node_columns",
        String.join(", ", nodes));
  }
}
