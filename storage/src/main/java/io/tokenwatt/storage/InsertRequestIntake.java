package io.tokenwatt.storage;

import io.tokenwatt.model.fact.RequestIntakeRow;
import java.util.List;

final class InsertRequestIntake implements Insert<RequestIntakeRow> {
  private static final List<Column> COLUMNS =
      List.of(
          Column.WINDOW_START,
          Column.text("agent"),
          Column.text("outcome"),
          Column.int64("events"),
          Column.int64("prompt_tokens"),
          Column.int64("output_tokens"),
          Column.VERSION);

  @Override
  public String table() {
    return "request_intake_10s";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(RequestIntakeRow row, RowBinary out) {
    out.seconds(row.windowStartMs());
    out.string(row.agent());
    out.string(row.outcome());
    out.int64(row.events());
    out.int64(row.promptTokens());
    out.int64(row.outputTokens());
    out.int64(row.version());
  }
}
