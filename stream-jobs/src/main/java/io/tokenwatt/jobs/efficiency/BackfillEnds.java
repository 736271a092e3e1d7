package io.tokenwatt.jobs.efficiency;

import io.tokenwatt.jobs.sink.FactSink;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.LatencyRow;
import io.tokenwatt.model.fact.NodeRow;
import io.tokenwatt.model.fact.Place;
import io.tokenwatt.storage.FactWriter;
import io.tokenwatt.storage.StoreConfig;
import io.tokenwatt.storage.backfill.BackfillWindows;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * The job's ends for a backfill: rows of the windows that it may write go into the store, others
 * nowhere. Nothing goes to Kafka, where subscribers expect what happens now.
 */
final class BackfillEnds {
  private final StoreConfig store;
  private final BackfillWindows windows;

  BackfillEnds(StoreConfig store, BackfillWindows windows) {
    this.store = store;
    this.windows = windows;
  }

  /** Where and when a row is. */
  private record Spot(String region, String cluster, long windowStartMs) {
    static Spot of(Cell cell, long windowStartMs) {
      return new Spot(cell.region(), cell.cluster(), windowStartMs);
    }

    static Spot of(Place place, long windowStartMs) {
      return new Spot(place.region(), place.cluster(), windowStartMs);
    }
  }

  private interface Where<T> extends Serializable {
    Spot spot(T row);
  }

  EfficiencyJob.Sinks sinks() {
    return new EfficiencyJob.Sinks(
        only(FactWriter::writeCells, (CellRow r) -> Spot.of(r.cell(), r.windowStartMs())),
        only(FactWriter::writeLatency, (LatencyRow r) -> Spot.of(r.cell(), r.windowStartMs())),
        only(FactWriter::writeGpus, (GpuRow r) -> Spot.of(r.place(), r.windowStartMs())),
        only(FactWriter::writeEngines, (EngineRow r) -> Spot.of(r.place(), r.windowStartMs())),
        only(FactWriter::writeNodes, (NodeRow r) -> Spot.of(r.place(), r.windowStartMs())),
        only(FactWriter::writeIntake, (IntakeRow r) -> Spot.of(r.place(), r.windowStartMs())),
        StoreEnds.rejects(store),
        new DiscardingSink<>(),
        new DiscardingSink<>());
  }

  private <T> FactSink<T> only(FactSink.Batch<T> batch, Where<T> where) {
    BackfillWindows allowed = windows;
    return new FactSink<>(
        store, (writer, rows) -> batch.write(writer, inside(rows, allowed, where)));
  }

  private static <T> List<T> inside(List<T> rows, BackfillWindows allowed, Where<T> where) {
    return rows.stream()
        .filter(
            row -> {
              Spot spot = where.spot(row);
              return allowed.accepts(spot.region(), spot.cluster(), spot.windowStartMs());
            })
        .toList();
  }
}
