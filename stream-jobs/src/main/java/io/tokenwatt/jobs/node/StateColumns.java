package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.attribution.BoardState;
import io.tokenwatt.model.CellMeasure;

/** The columns that keep time and energy by owner state. */
record StateColumns(CellMeasure ms, CellMeasure mj) {
  static StateColumns of(BoardState state) {
    return switch (state) {
      case BUSY -> new StateColumns(CellMeasure.GPU_BUSY_MS, CellMeasure.GPU_BUSY_MJ);
      case LOADED_IDLE ->
          new StateColumns(CellMeasure.GPU_LOADED_IDLE_MS, CellMeasure.GPU_LOADED_IDLE_MJ);
      case UNALLOCATED ->
          new StateColumns(CellMeasure.GPU_UNALLOCATED_MS, CellMeasure.GPU_UNALLOCATED_MJ);
      case UNKNOWN -> new StateColumns(CellMeasure.GPU_UNKNOWN_MS, CellMeasure.GPU_UNKNOWN_MJ);
    };
  }
}
