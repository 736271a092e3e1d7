package io.tokenwatt.storage;

import io.tokenwatt.model.NodeMeasure;
import io.tokenwatt.model.fact.NodeRow;
import java.util.Arrays;
import java.util.List;

final class InsertNodes implements Insert<NodeRow> {
  private static final List<Column> COLUMNS =
      Column.list(
          Column.WINDOW_START,
          Places.COLUMNS,
          Arrays.stream(NodeMeasure.values()).map(m -> Column.int64(m.column())).toList(),
          Column.QUALITY,
          Column.SOURCE_PERIOD_MS,
          Column.VERSION);

  @Override
  public String table() {
    return "node_10s";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(NodeRow row, RowBinary out) {
    out.seconds(row.windowStartMs());
    Places.write(row.place(), out);
    out.int64s(Amounts.checked(row.amounts(), NodeMeasure.values().length, table()));
    out.int32(row.quality());
    out.int64(row.sourcePeriodMs());
    out.int64(row.version());
  }
}
