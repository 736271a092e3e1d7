package io.tokenwatt.storage;

import io.tokenwatt.model.fact.RegressionRow;
import java.util.List;

final class InsertRegressions implements Insert<RegressionRow> {
  private static final String REAL = "Float64";
  private static final String REAL_OR_NONE = "Nullable(Float64)";
  private static final String TIME = "DateTime('UTC')";
  private static final double HOURS_PER_DAY = 24;

  private static final List<Column> COLUMNS =
      Column.list(
          Column.string("regression"),
          new Column("opened", TIME),
          new Column("closed", "Nullable(DateTime('UTC'))"),
          new Column("started", TIME),
          new Column("judged_to", TIME),
          Column.text("close_reason"),
          Column.string("note"),
          Column.texts(List.of("region", "cluster", "hardware", "model")),
          Column.texts(List.of("workload", "role", "precision", "deployment", "measure")),
          new Column("expected", REAL),
          new Column("observed", REAL),
          new Column("size", REAL),
          new Column("size_low", REAL),
          new Column("size_high", REAL),
          new Column("sigma", REAL),
          new Column("details", "Array(String)"),
          new Column("usd_per_hour", REAL_OR_NONE),
          new Column("usd_per_day", REAL_OR_NONE),
          new Column("usd_per_day_low", REAL_OR_NONE),
          new Column("kwh_per_day", REAL_OR_NONE),
          new Column("gpu_hours_per_day", REAL_OR_NONE),
          Column.string("suspect"),
          Column.string("cause"),
          new Column("suspects", "Array(String)"),
          new Column("nodes", "Array(String)"),
          new Column("gpus", "Array(String)"),
          Column.text("severity"),
          Column.QUALITY,
          Column.VERSION);

  @Override
  public String table() {
    return "regressions";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(RegressionRow row, RowBinary out) {
    out.string(row.regression());
    out.seconds(row.openedMs());
    out.bool(row.closedMs() == null);
    if (row.closedMs() != null) {
      out.seconds(row.closedMs());
    }
    out.seconds(row.startedMs());
    out.seconds(row.judgedToMs());
    out.string(row.closeReason());
    out.string(row.note());
    RegressionRow.Place at = row.series();
    out.string(at.region());
    out.string(row.cluster());
    out.string(at.hardware());
    out.string(at.model());
    out.string(at.workload());
    out.string(at.role());
    out.string(at.precision());
    out.string(row.deployment());
    out.string(row.measure());
    out.real(row.expected());
    out.real(row.observed());
    out.real(row.size().mean());
    out.real(row.size().low());
    out.real(row.size().high());
    out.real(row.sigma());
    out.strings(row.details());
    Double usd = row.extra().usdPerDay();
    out.realOrNone(usd == null ? null : usd / HOURS_PER_DAY);
    out.realOrNone(usd);
    out.realOrNone(row.extra().usdPerDayLow());
    out.realOrNone(row.extra().kwhPerDay());
    out.realOrNone(row.extra().gpuHoursPerDay());
    out.string(row.suspects().isEmpty() ? "" : row.suspects().get(0));
    out.string(row.cause());
    out.strings(row.suspects());
    out.strings(row.nodes());
    out.strings(row.gpus());
    out.string(""); // severity: rules decide
    out.int32(row.quality());
    out.int64(row.version());
  }
}
