package io.tokenwatt.storage;

import java.util.List;

final class InsertAlertDeliveries implements Insert<AlertDelivery> {
  private static final String TIME = "DateTime64(3, 'UTC')";

  private static final List<Column> COLUMNS =
      Column.list(
          Column.string("notification"),
          Column.text("receiver"),
          Column.string("dedup_key"),
          new Column("started", TIME),
          Column.text("transition"),
          Column.text("state"),
          Column.uint64("attempts"),
          new Column("attempted", TIME),
          Column.string("answer"),
          Column.VERSION);

  @Override
  public String table() {
    return "alert_deliveries";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(AlertDelivery row, RowBinary out) {
    out.string(row.notification());
    out.string(row.receiver());
    out.string(row.dedupKey());
    out.int64(row.startedMs());
    out.string(row.transition());
    out.string(row.state());
    out.int64(row.attempts());
    out.int64(row.attemptedMs());
    out.string(row.answer());
    out.int64(row.version());
  }
}
