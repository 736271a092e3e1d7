package io.tokenwatt.storage;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.RequestMeasure;
import io.tokenwatt.model.RequestSketch;
import io.tokenwatt.model.fact.RequestRow;
import io.tokenwatt.model.fact.SketchColumns;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

final class InsertRequests implements Insert<RequestRow> {
  private static final List<Column> COLUMNS =
      Column.list(
          Column.WINDOW_START,
          Column.texts(Cell.COLUMNS),
          Column.uint64("cell_id"),
          Column.texts(List.of("service_class", "tenant", "client_region", "adapter")),
          Arrays.stream(RequestMeasure.values()).map(m -> Column.int64(m.column())).toList(),
          Arrays.stream(RequestSketch.values()).flatMap(InsertRequests::sketch).toList(),
          Column.uint64("slo_version"),
          Column.VERSION);

  private static Stream<Column> sketch(RequestSketch sketch) {
    return Stream.of(
        new Column(sketch.column() + "_index", "Array(Int32)"),
        new Column(sketch.column() + "_count", "Array(Int64)"));
  }

  @Override
  public String table() {
    return "request_10s";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(RequestRow row, RowBinary out) {
    Amounts.checked(row.amounts(), RequestMeasure.values().length, table());
    if (row.sketches().length != RequestSketch.values().length) {
      throw new IllegalArgumentException(
          "a row for request_10s has " + row.sketches().length + " sketches");
    }
    out.seconds(row.windowStartMs());
    row.cell().values().forEach(out::string);
    out.int64(row.cell().id());
    out.string(row.serviceClass());
    out.string(row.tenant());
    out.string(row.clientRegion());
    out.string(row.adapter());
    out.int64s(row.amounts());
    for (SketchColumns sketch : row.sketches()) {
      Amounts.checked(sketch.count(), sketch.index().length, table());
      out.array(sketch.index());
      out.array(sketch.count());
    }
    out.int64(row.sloVersion());
    out.int64(row.version());
  }
}
