package io.tokenwatt.jobs.node;

import io.tokenwatt.model.fact.ChangeEvent;
import io.tokenwatt.model.fact.EngineRow;
import io.tokenwatt.model.fact.GpuRow;
import io.tokenwatt.model.fact.IntakeRow;
import io.tokenwatt.model.fact.NodeRow;

/**
 * Where a node's meter puts what it found, on the thread that feeds the meter. Cell parts add up: a
 * window has as many as it takes. Rows of boards, engines, nodes and intake are whole; of two of
 * one window the later one replaces the earlier.
 */
public interface FactOutput {
  void cell(CellPart part);

  void gpu(GpuRow row);

  void engine(EngineRow row);

  void node(NodeRow row);

  void intake(IntakeRow row);

  /** What changed on the node. Not a fact: who sums up facts need not listen. */
  default void change(ChangeEvent event) {}
}
