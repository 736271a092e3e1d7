package io.tokenwatt.storage;

import java.util.List;
import java.util.OptionalLong;

final class InsertAlertIncidents implements Insert<AlertIncident> {
  private static final String TIME = "DateTime64(3, 'UTC')";
  private static final String MAP = "Map(String, String)";

  private static final List<Column> COLUMNS =
      Column.list(
          Column.string("dedup_key"),
          new Column("started", TIME),
          Column.text("rule"),
          Column.text("severity"),
          Column.text("phase"),
          new Column("labels", MAP),
          new Column("details", MAP),
          new Column("value", "Float64"),
          Column.string("bound"),
          Column.string("summary"),
          new Column("receivers", "Array(String)"),
          new Column("fired", "Nullable(" + TIME + ")"),
          new Column("last_bad", TIME),
          new Column("good_since", TIME),
          new Column("resolved", "Nullable(" + TIME + ")"),
          Column.text("ending"),
          Column.VERSION);

  @Override
  public String table() {
    return "alert_incidents";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(AlertIncident row, RowBinary out) {
    out.string(row.dedupKey());
    out.int64(row.startedMs());
    out.string(row.rule());
    out.string(row.severity());
    out.string(row.phase());
    out.strings(row.labels());
    out.strings(row.details());
    out.int64(Double.doubleToRawLongBits(row.value()));
    out.string(row.bound());
    out.string(row.summary());
    out.strings(row.receivers());
    out.int64OrNone(orNull(row.firedMs()));
    out.int64(row.lastBadMs());
    out.int64(row.goodSinceMs());
    out.int64OrNone(orNull(row.resolvedMs()));
    out.string(row.ending());
    out.int64(row.version());
  }

  private static Long orNull(OptionalLong value) {
    return value.isPresent() ? value.getAsLong() : null;
  }
}
