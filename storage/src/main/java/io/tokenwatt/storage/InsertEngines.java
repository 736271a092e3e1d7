package io.tokenwatt.storage;

import io.tokenwatt.model.EngineMeasure;
import io.tokenwatt.model.fact.EngineRow;
import java.util.Arrays;
import java.util.List;

final class InsertEngines implements Insert<EngineRow> {
  private static final List<Column> COLUMNS =
      Column.list(
          Column.WINDOW_START,
          Places.COLUMNS,
          Column.string("instance"),
          Column.texts(List.of("engine", "model", "workload", "deployment", "role")),
          Arrays.stream(EngineMeasure.values()).map(m -> Column.int64(m.column())).toList(),
          Column.QUALITY,
          Column.VERSION);

  @Override
  public String table() {
    return "engine_10s";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(EngineRow row, RowBinary out) {
    out.seconds(row.windowStartMs());
    Places.write(row.place(), out);
    out.string(row.instance());
    out.string(row.engine());
    out.string(row.model());
    out.string(row.workload());
    out.string(row.deployment());
    out.string(row.role());
    out.int64s(Amounts.checked(row.amounts(), EngineMeasure.values().length, table()));
    out.int32(row.quality());
    out.int64(row.version());
  }
}
