package io.tokenwatt.storage;

import io.tokenwatt.storage.slo.SloEntry;
import java.util.List;

final class InsertSlos implements Insert<SloEntry> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.string("slo"),
          Column.text("model"),
          Column.text("service_class"),
          Column.text("vantage"),
          Column.text("measure"),
          Column.text("comparison"),
          new Column("threshold", "Float64"),
          new Column("objective", "Float64"),
          new Column("period_days", "UInt16"),
          Column.text("owner"),
          new Column("effective_from", "DateTime('UTC')"),
          Column.string("note"),
          Column.VERSION);

  private final long version;

  /**
   * @param version of all rows of this insert
   */
  InsertSlos(long version) {
    this.version = version;
  }

  @Override
  public String table() {
    return "slos";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(SloEntry e, RowBinary out) {
    out.string(e.slo());
    out.string(e.model());
    out.string(e.serviceClass());
    out.string(e.vantage());
    out.string(e.measure());
    out.string("<=");
    out.int64(Double.doubleToLongBits(e.targetS()));
    out.int64(Double.doubleToLongBits(e.objective()));
    out.int16(e.periodDays());
    out.string(e.owner());
    out.seconds(e.effectiveFrom().toEpochMilli());
    out.string(e.note());
    out.int64(version);
  }
}
