package io.tokenwatt.storage;

import java.util.List;

final class InsertRejects implements Insert<Reject> {
  private static final List<Column> COLUMNS =
      Column.list(
          new Column("time", "DateTime64(3, 'UTC')"),
          Column.text("topic"),
          Column.int32("partition"),
          Column.int64("offset"),
          Column.text("node"),
          Column.text("reason"),
          Column.string("detail"),
          Column.int64("payload_bytes"),
          Column.string("payload"));

  @Override
  public String table() {
    return "rejects";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(Reject row, RowBinary out) {
    out.int64(row.timeMs());
    out.string(row.topic());
    out.int32(row.partition());
    out.int64(row.offset());
    out.string(row.node());
    out.string(row.reason());
    out.string(row.detail());
    out.int64(row.payloadBytes());
    out.bytes(row.payload());
  }
}
