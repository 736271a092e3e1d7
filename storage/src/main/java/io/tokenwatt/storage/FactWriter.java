package io.tokenwatt.storage;

import io.tokenwatt.model.fact.CellRow;
import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.JudgedRow;
import io.tokenwatt.model.fact.LatencyRow;
import io.tokenwatt.model.fact.NodeRow;
import io.tokenwatt.model.fact.RegressionRow;
import io.tokenwatt.model.fact.RequestIntakeRow;
import io.tokenwatt.model.fact.RequestRow;
import java.util.List;

/**
 * Writes facts: one plain insert per call, returned when ClickHouse has it. Every call may be
 * repeated with the same or other groups of rows: of two rows with one key the higher version
 * stays. No deduplication tokens; they would drop a replayed batch whose grouping differs.
 *
 * <p>The constructor compares the tables with what will be written. All methods throw {@link
 * StoreException}, which says whether a retry can help; an insert that failed may still have been
 * stored. An empty list does nothing. Not thread-safe: one writer per sink subtask.
 */
public final class FactWriter implements AutoCloseable {
  private static final InsertCells CELLS = new InsertCells();
  private static final InsertLatency LATENCY = new InsertLatency();
  private static final InsertGpus GPUS = new InsertGpus();
  private static final InsertEngines ENGINES = new InsertEngines();
  private static final InsertNodes NODES = new InsertNodes();
  private static final InsertIntake INTAKE = new InsertIntake();
  private static final InsertRejects REJECTS = new InsertRejects();

  private static final InsertRequests REQUESTS = new InsertRequests();
  private static final InsertRequestIntake REQUEST_INTAKE = new InsertRequestIntake();
  private static final InsertRegressions REGRESSIONS = new InsertRegressions();
  private static final InsertJudged JUDGED = new InsertJudged();
  private static final InsertEvents EVENTS = new InsertEvents();

  static final List<Insert<?>> INSERTS =
      List.of(
          CELLS,
          LATENCY,
          GPUS,
          ENGINES,
          NODES,
          INTAKE,
          REJECTS,
          REQUESTS,
          REQUEST_INTAKE,
          REGRESSIONS,
          JUDGED,
          EVENTS);

  private final Store store;
  private final RowBinary buffer = new RowBinary();

  /**
   * @throws StoreException not retryable, naming each column that is missing or of another type;
   *     retryable if ClickHouse does not answer
   */
  public FactWriter(StoreConfig config) {
    store = new Store(config);
    try {
      new TableCheck(store).require(INSERTS);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  public void writeCells(List<CellRow> rows) {
    write(CELLS, rows);
  }

  public void writeLatency(List<LatencyRow> rows) {
    write(LATENCY, rows);
  }

  public void writeGpus(List<GpuRow> rows) {
    write(GPUS, rows);
  }

  public void writeEngines(List<EngineRow> rows) {
    write(ENGINES, rows);
  }

  public void writeNodes(List<NodeRow> rows) {
    write(NODES, rows);
  }

  public void writeIntake(List<IntakeRow> rows) {
    write(INTAKE, rows);
  }

  public void writeRequests(List<RequestRow> rows) {
    write(REQUESTS, rows);
  }

  public void writeRequestIntake(List<RequestIntakeRow> rows) {
    write(REQUEST_INTAKE, rows);
  }

  public void writeEvents(List<ChangeEvent> rows) {
    write(EVENTS, rows);
  }

  public void writeRegressions(List<RegressionRow> rows) {
    write(REGRESSIONS, rows);
  }

  public void writeJudged(List<JudgedRow> rows) {
    write(JUDGED, rows);
  }

  public void writeRejects(List<Reject> rows) {
    write(REJECTS, rows);
  }

  @Override
  public void close() {
    store.close();
  }

  private <T> void write(Insert<T> insert, List<T> rows) {
    store.insert(insert, rows, buffer);
  }
}
