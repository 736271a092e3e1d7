package io.tokenwatt.storage;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A column that an insert fills. RowBinary carries no types, so name and type are compared with the
 * table before the first byte is sent.
 */
record Column(String name, String type) {
  static final String TEXT = "LowCardinality(String)";

  static final Column WINDOW_START = new Column("window_start", "DateTime('UTC')");
  static final Column QUALITY = new Column("quality", "UInt32");
  static final Column SOURCE_PERIOD_MS = int64("source_period_ms");
  static final Column VERSION = new Column("version", "UInt64");

  static Column text(String name) {
    return new Column(name, TEXT);
  }

  static Column string(String name) {
    return new Column(name, "String");
  }

  static Column int32(String name) {
    return new Column(name, "Int32");
  }

  static Column int64(String name) {
    return new Column(name, "Int64");
  }

  static Column uint64(String name) {
    return new Column(name, "UInt64");
  }

  static List<Column> texts(Collection<String> names) {
    return names.stream().map(Column::text).toList();
  }

  /** The columns of the parts, one after the other; a part is a Column or a list of them. */
  static List<Column> list(Object... parts) {
    List<Column> all = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof Column column) {
        all.add(column);
      } else {
        ((List<?>) part).forEach(column -> all.add((Column) column));
      }
    }
    return List.copyOf(all);
  }
}
