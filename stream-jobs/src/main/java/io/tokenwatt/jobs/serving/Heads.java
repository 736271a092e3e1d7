package io.tokenwatt.jobs.serving;

import io.tokenwatt.jobs.attribution.Apportionment;
import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives the boards of workers the names and the state that their engine's head shows. A worker
 * serves no metrics: its node knows neither model nor engine nor deployment, nor whether requests
 * run. Within one engine ranks step together, so a worker is busy when its head is.
 */
final class Heads {
  private static final List<CellMeasure> STATES_MS =
      List.of(
          CellMeasure.GPU_BUSY_MS,
          CellMeasure.GPU_LOADED_IDLE_MS,
          CellMeasure.GPU_UNALLOCATED_MS,
          CellMeasure.GPU_UNKNOWN_MS);
  private static final List<CellMeasure> STATES_MJ =
      List.of(
          CellMeasure.GPU_BUSY_MJ,
          CellMeasure.GPU_LOADED_IDLE_MJ,
          CellMeasure.GPU_UNALLOCATED_MJ,
          CellMeasure.GPU_UNKNOWN_MJ);

  private final List<Cell> names = new ArrayList<>();
  private final List<Long> tokens = new ArrayList<>();
  private final CellSum boards = new CellSum();
  private final Map<Cell, CellSum> cells;

  Heads(EngineWindow engine) {
    this.cells = engine.counted();
    List<Cell> heads =
        cells.keySet().stream()
            .filter(cell -> !cell.engine().isEmpty() && cells.get(cell).intervals > 0)
            .sorted(Comparator.comparing(Heads::order))
            .toList();
    for (Cell cell : heads) {
      CellSum sum = cells.get(cell);
      boards.add(sum.copy());
      int at = indexOf(cell);
      long weight =
          sum.get(CellMeasure.OUTPUT_TOKENS) + sum.get(CellMeasure.PROMPT_TOKENS_COMPUTED);
      if (at < 0) {
        names.add(cell);
        tokens.add(weight);
      } else {
        tokens.set(at, tokens.get(at) + weight);
      }
    }
  }

  /** The engine's sums under the cells that they count for. */
  Map<Cell, CellSum> resolved() {
    Map<Cell, CellSum> resolved = new HashMap<>();
    cells.forEach(
        (cell, sum) -> {
          if (!cell.engine().isEmpty() || names.isEmpty()) {
            add(resolved, cell, sum.copy());
          } else {
            worker(cell, sum, resolved);
          }
        });
    return resolved;
  }

  private void worker(Cell cell, CellSum sum, Map<Cell, CellSum> resolved) {
    CellSum known = sum.copy();
    takeStates(known);
    if (names.size() == 1) {
      add(resolved, named(cell, names.get(0)), known);
      return;
    }
    // Several models behind one head: which of them a worker's joules were for is not measured.
    known.set(CellMeasure.GPU_MJ_MEASURED, 0);
    long[] weights = tokens.stream().mapToLong(Long::longValue).toArray();
    CellSum[] parts = new CellSum[weights.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = known.copy();
    }
    for (int m = 0; m < known.amounts.length; m++) {
      long[] amounts = Apportionment.split(known.amounts[m], weights);
      for (int i = 0; i < parts.length; i++) {
        parts[i].amounts[m] = amounts[i];
      }
    }
    for (int i = 0; i < parts.length; i++) {
      // Rounded one by one, the states of a part need not add up to its rounded whole.
      parts[i].set(CellMeasure.GPU_MS, sum(parts[i], STATES_MS));
      parts[i].set(CellMeasure.GPU_MJ, sum(parts[i], STATES_MJ));
      add(resolved, named(cell, names.get(i)), parts[i]);
    }
  }

  /** Time and energy of unknown activity go to the states that the head's boards were in. */
  private void takeStates(CellSum worker) {
    long[] ms =
        heads(CellMeasure.GPU_BUSY_MS, CellMeasure.GPU_LOADED_IDLE_MS, CellMeasure.GPU_UNKNOWN_MS);
    if (ms[0] + ms[1] + ms[2] == 0) {
      return;
    }
    long[] mj =
        heads(CellMeasure.GPU_BUSY_MJ, CellMeasure.GPU_LOADED_IDLE_MJ, CellMeasure.GPU_UNKNOWN_MJ);
    long[] times = Apportionment.split(worker.get(CellMeasure.GPU_UNKNOWN_MS), ms);
    long[] energies =
        Apportionment.split(
            worker.get(CellMeasure.GPU_UNKNOWN_MJ), mj[0] + mj[1] + mj[2] == 0 ? ms : mj);
    worker.plus(CellMeasure.GPU_BUSY_MS, times[0]);
    worker.plus(CellMeasure.GPU_LOADED_IDLE_MS, times[1]);
    worker.set(CellMeasure.GPU_UNKNOWN_MS, times[2]);
    worker.plus(CellMeasure.GPU_BUSY_MJ, energies[0]);
    worker.plus(CellMeasure.GPU_LOADED_IDLE_MJ, energies[1]);
    worker.set(CellMeasure.GPU_UNKNOWN_MJ, energies[2]);
  }

  private static long sum(CellSum of, List<CellMeasure> measures) {
    return measures.stream().mapToLong(of::get).sum();
  }

  private long[] heads(CellMeasure busy, CellMeasure idle, CellMeasure unknown) {
    return new long[] {boards.get(busy), boards.get(idle), boards.get(unknown)};
  }

  private static void add(Map<Cell, CellSum> resolved, Cell cell, CellSum sum) {
    resolved.computeIfAbsent(cell, c -> new CellSum().copy()).add(sum);
  }

  private int indexOf(Cell head) {
    for (int i = 0; i < names.size(); i++) {
      if (sameNames(names.get(i), head)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean sameNames(Cell a, Cell b) {
    return a.model().equals(b.model())
        && a.precision().equals(b.precision())
        && a.deployment().equals(b.deployment())
        && a.engine().equals(b.engine());
  }

  private static String order(Cell cell) {
    return String.join("\u001f", cell.values());
  }

  /** {@code cell} under the model, precision, deployment and engine that {@code head} shows. */
  private static Cell named(Cell cell, Cell head) {
    return new Cell(
        cell.region(),
        cell.cluster(),
        cell.siteKind(),
        cell.provider(),
        cell.purchaseOption(),
        cell.hardware(),
        head.model(),
        head.precision(),
        cell.workload(),
        cell.owner(),
        head.deployment(),
        head.engine(),
        cell.role(),
        cell.task(),
        cell.kind());
  }
}
