package io.tokenwatt.storage;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.fact.CellRow;
import java.util.Arrays;
import java.util.List;

final class InsertCells implements Insert<CellRow> {
  private static final List<Column> COLUMNS =
      Column.list(
          Column.WINDOW_START,
          Column.texts(Cell.COLUMNS),
          Column.uint64("cell_id"),
          Arrays.stream(CellMeasure.values()).map(m -> Column.int64(m.column())).toList(),
          Column.QUALITY,
          Column.SOURCE_PERIOD_MS,
          Column.int64("nodes"),
          Column.text("attribution_method"),
          Column.int64("microusd_live"),
          Column.int64("price_version"),
          Column.VERSION);

  @Override
  public String table() {
    return "efficiency_10s";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(CellRow row, RowBinary out) {
    out.seconds(row.windowStartMs());
    row.cell().values().forEach(out::string);
    out.int64(row.cell().id());
    out.int64s(Amounts.checked(row.amounts(), CellMeasure.values().length, table()));
    out.int32(row.quality());
    out.int64(row.sourcePeriodMs());
    out.int64(row.nodes());
    out.string(row.attributionMethod());
    out.int64(row.microusdLive());
    out.int64(row.priceVersion());
    out.int64(row.version());
  }
}
