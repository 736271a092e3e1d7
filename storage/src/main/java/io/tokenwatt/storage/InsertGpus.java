package io.tokenwatt.storage;

import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.fact.GpuRow;
import java.util.Arrays;
import java.util.List;

final class InsertGpus implements Insert<GpuRow> {
  private static final List<Column> COLUMNS =
      Column.list(
          Column.WINDOW_START,
          Places.COLUMNS,
          Column.string("gpu"),
          Column.int32("gpu_index"),
          Column.texts(List.of("hardware", "driver", "workload", "state")),
          Column.uint64("throttle_reasons"),
          Column.int64("xid_last"),
          Arrays.stream(GpuMeasure.values()).map(m -> Column.int64(m.column())).toList(),
          Column.QUALITY,
          Column.SOURCE_PERIOD_MS,
          Column.VERSION);

  @Override
  public String table() {
    return "gpu_10s";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(GpuRow row, RowBinary out) {
    out.seconds(row.windowStartMs());
    Places.write(row.place(), out);
    out.string(row.gpu());
    out.int32(row.gpuIndex());
    out.string(row.hardware());
    out.string(row.driver());
    out.string(row.workload());
    out.string(row.state());
    out.int64(row.throttleReasons());
    out.int64(row.xidLast());
    out.int64s(Amounts.checked(row.amounts(), GpuMeasure.values().length, table()));
    out.int32(row.quality());
    out.int64(row.sourcePeriodMs());
    out.int64(row.version());
  }
}
