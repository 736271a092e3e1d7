package io.tokenwatt.dashboards.check;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * What ClickHouse answered.
 *
 * @param columns in order
 * @param rows values in the order of the columns
 * @param engineMs how long the engine itself took
 */
public record Answer(List<Column> columns, List<List<JsonNode>> rows, double engineMs) {

  /**
   * @param type as ClickHouse names it
   */
  public record Column(String name, String type) {
    boolean isTime() {
      return bare().startsWith("DateTime");
    }

    boolean isNumber() {
      return bare().matches("U?Int\\d+|Float\\d+|Decimal.*|Bool");
    }

    boolean isText() {
      return bare().matches("String|FixedString.*|Enum.*");
    }

    /** Without what does not change how a value is shown. */
    private String bare() {
      String bare = type;
      for (String wrapper : List.of("LowCardinality(", "Nullable(")) {
        if (bare.startsWith(wrapper)) {
          bare = bare.substring(wrapper.length(), bare.length() - 1);
        }
      }
      return bare;
    }
  }

  public Answer {
    columns = List.copyOf(columns);
  }
}
