package io.tokenwatt.storage;

import io.tokenwatt.storage.load.FieldType;
import io.tokenwatt.storage.load.LoadedRow;
import io.tokenwatt.storage.load.LoadedTable;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Entries of one of the tables that people fill. */
final class InsertLoaded implements Insert<LoadedRow> {
  private final LoadedTable table;
  private final long version;
  private final List<Column> columns;

  /**
   * @param version of all rows of this insert
   */
  InsertLoaded(LoadedTable table, long version) {
    this.table = table;
    this.version = version;
    this.columns =
        Stream.concat(
                table.fields().stream().map(f -> new Column(f.name(), f.type().columnType())),
                Stream.of(Column.VERSION))
            .toList();
  }

  @Override
  public String table() {
    return table.table();
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public void write(LoadedRow row, RowBinary out) {
    for (int i = 0; i < row.values().size(); i++) {
      write(table.fields().get(i).type(), row.values().get(i), out);
    }
    out.int64(version);
  }

  private static void write(FieldType type, Object value, RowBinary out) {
    if (type.nullable()) {
      out.bool(value == null);
      if (value == null) {
        return;
      }
    }
    switch (type) {
      case NAME, TEXT, CURRENCY -> out.string((String) value);
      case HOUR, HOUR_OR_NONE -> out.seconds(((Instant) value).toEpochMilli());
      case AMOUNT, SIGNED_AMOUNT, AMOUNT_OR_NONE, RATE ->
          out.int64(((BigDecimal) value).unscaledValue().longValueExact());
      case WHOLE, WHOLE_OR_NONE -> out.int64((Long) value);
      case MONTHS_OR_NONE -> out.int32(Math.toIntExact((Long) value));
      case FLAG -> out.bool((Boolean) value);
      case REAL, REAL_OR_NONE -> out.int64(Double.doubleToLongBits((Double) value));
      case NAMES -> out.strings((List<?>) value);
    }
  }
}
