package io.tokenwatt.storage;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.fact.LatencyRow;
import java.util.List;

final class InsertLatency implements Insert<LatencyRow> {
  private static final List<Column> COLUMNS =
      Column.list(
          Column.WINDOW_START,
          Column.texts(Cell.COLUMNS),
          Column.uint64("cell_id"),
          Column.text("vantage"),
          Column.text("measure"),
          Column.uint64("bounds_id"),
          new Column("bounds_ns", "Array(Int64)"),
          new Column("counts", "Array(Int64)"),
          Column.int64("sum_us"),
          Column.VERSION);

  @Override
  public String table() {
    return "latency_10s";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(LatencyRow row, RowBinary out) {
    Amounts.checked(row.counts(), row.boundsNs().length + 1, table());
    out.seconds(row.windowStartMs());
    row.cell().values().forEach(out::string);
    out.int64(row.cell().id());
    out.string(row.vantage());
    out.string(row.measure());
    out.int64(row.boundsId());
    out.array(row.boundsNs());
    out.array(row.counts());
    out.int64(row.sumUs());
    out.int64(row.version());
  }
}
