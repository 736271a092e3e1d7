package io.tokenwatt.jobs.attribution;

import io.tokenwatt.model.Cell;

/**
 * What a part of a board, or a series of tokens, counts for: a cell, and the engine through which
 * it does where that engine is more than this node shows.
 *
 * @param unit engines whose joules and tokens belong together although no node sees them all: an
 *     engine over several nodes, or a pair of prefill and decode servers; "" = an engine of this
 *     node alone, which pairs by itself
 * @param engine which engine of the unit; "" where unit is ""
 */
public record Holder(Cell cell, String unit, String engine) {

  /** An engine of this node alone, or nobody. */
  public static Holder of(Cell cell) {
    return new Holder(cell, "", "");
  }

  public boolean isUnit() {
    return !unit.isEmpty();
  }

  public String workload() {
    return cell.workload();
  }

  public String model() {
    return cell.model();
  }

  public String deployment() {
    return cell.deployment();
  }

  public String role() {
    return cell.role();
  }

  public String task() {
    return cell.task();
  }
}
