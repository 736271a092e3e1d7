package io.tokenwatt.storage;

import java.math.BigDecimal;
import java.util.List;

final class InsertPrices implements Insert<Price> {
  private static final List<Column> COLUMNS =
      Column.list(
          Column.texts(List.of("provider", "region", "hardware", "purchase_option")),
          new Column("effective_from", "DateTime('UTC')"),
          new Column("usd_per_gpu_hour", "Decimal(18, 6)"),
          Column.text("currency"),
          Column.string("note"),
          new Column("example", "Bool"),
          Column.VERSION);
  private static final BigDecimal MICRO = BigDecimal.valueOf(1_000_000);

  private final long version;

  /**
   * @param version of all rows of this insert
   */
  InsertPrices(long version) {
    this.version = version;
  }

  @Override
  public String table() {
    return "prices";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(Price row, RowBinary out) {
    out.string(row.provider());
    out.string(row.region());
    out.string(row.hardware());
    out.string(row.purchaseOption());
    out.seconds(row.effectiveFrom().toEpochMilli());
    out.int64(row.usdPerGpuHour().multiply(MICRO).longValueExact());
    out.string("USD");
    out.string(row.note());
    out.bool(row.example());
    out.int64(version);
  }
}
