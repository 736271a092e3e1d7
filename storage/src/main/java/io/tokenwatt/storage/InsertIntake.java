package io.tokenwatt.storage;

import io.tokenwatt.model.fact.IntakeRow;
import java.util.List;

final class InsertIntake implements Insert<IntakeRow> {
  private static final List<Column> COLUMNS =
      Column.list(
          Column.WINDOW_START,
          Places.COLUMNS,
          Column.text("outcome"),
          Column.int64("records"),
          Column.VERSION);

  @Override
  public String table() {
    return "intake_10s";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(IntakeRow row, RowBinary out) {
    out.seconds(row.windowStartMs());
    Places.write(row.place(), out);
    out.string(row.outcome());
    out.int64(row.records());
    out.int64(row.version());
  }
}
