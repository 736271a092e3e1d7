package io.tokenwatt.storage;

import io.tokenwatt.model.fact.JudgedRow;
import java.util.List;

final class InsertJudged implements Insert<JudgedRow> {
  private static final List<Column> COLUMNS =
      Column.list(
          new Column("hour", "DateTime('UTC')"),
          Column.texts(List.of("region", "workload", "outcome")),
          Column.int64("measures"),
          Column.VERSION);

  @Override
  public String table() {
    return "judged_windows";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(JudgedRow row, RowBinary out) {
    out.seconds(row.hourMs());
    out.string(row.region());
    out.string(row.workload());
    out.string(row.outcome());
    out.int64(row.measures());
    out.int64(row.version());
  }
}
