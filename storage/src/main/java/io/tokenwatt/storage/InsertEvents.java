package io.tokenwatt.storage;

import io.tokenwatt.model.fact.ChangeEvent;
import java.util.List;

final class InsertEvents implements Insert<ChangeEvent> {
  private static final String BOARDS_OR_NONE = "Nullable(UInt16)";
  private static final double MILLI = 1000;

  private static final List<Column> COLUMNS =
      Column.list(
          Column.string("event_id"),
          new Column("time", "DateTime64(3, 'UTC')"),
          Column.texts(List.of("kind", "origin")),
          Column.texts(List.of("region", "cluster", "node", "hardware", "model")),
          Column.texts(List.of("workload", "deployment")),
          Column.texts(List.of("engine", "engine_version", "driver")),
          new Column("tensor_parallel", BOARDS_OR_NONE),
          new Column("pipeline_parallel", BOARDS_OR_NONE),
          new Column("data_parallel", BOARDS_OR_NONE),
          new Column("max_batch", "Nullable(Int64)"),
          Column.text("speculative_decoding"),
          new Column("power_limit_w", "Nullable(Float64)"),
          Column.string("config_hash"),
          Column.string("title"),
          Column.string("link"),
          Column.string("actor"),
          Column.string("why"),
          Column.string("regression"),
          new Column("attributes", "Map(String, String)"),
          Column.VERSION);

  @Override
  public String table() {
    return "events";
  }

  @Override
  public List<Column> columns() {
    return COLUMNS;
  }

  @Override
  public void write(ChangeEvent row, RowBinary out) {
    out.string(row.eventId());
    out.int64(row.timeMs());
    out.string(row.kind().label());
    out.string(row.origin().label());
    ChangeEvent.Scope scope = row.scope();
    out.string(scope.region());
    out.string(scope.cluster());
    out.string(scope.node());
    out.string(scope.hardware());
    out.string(scope.model());
    out.string(scope.workload());
    out.string(scope.deployment());
    setup(row.setup(), out);
    out.string(row.title());
    out.string(row.link());
    out.string(row.actor());
    out.string(row.why());
    out.string(row.regression());
    out.strings(row.attributes());
    out.int64(row.version());
  }

  private static void setup(ChangeEvent.Setup setup, RowBinary out) {
    out.string(setup.engine());
    out.string(setup.engineVersion());
    out.string(setup.driver());
    out.int16OrNone(setup.tensorParallel());
    out.int16OrNone(setup.pipelineParallel());
    out.int16OrNone(setup.dataParallel());
    out.int64OrNone(setup.maxBatch());
    out.string(setup.speculativeDecoding());
    out.realOrNone(setup.powerLimitMw() == null ? null : setup.powerLimitMw() / MILLI);
    out.string(setup.configHash());
  }
}
