package io.tokenwatt.storage;

import io.tokenwatt.model.Cell;
import io.tokenwatt.model.CellMeasure;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.fact.CellRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Nodes of steady power and steady tokens, and the rows that a faultless pipeline makes of them.
 */
final class KnownFleet {
  /** Tokens per second are those of the one engine of the node; times are half-open, Unix ms. */
  record Node(int boards, long boardWatts, long nodeWatts, long tokensPerS) {}

  private final Cell cell;
  private final Map<Long, long[]> windows = new TreeMap<>();

  KnownFleet(String model) {
    this("H100-SXM", model);
  }

  KnownFleet(String hardware, String model) {
    cell = RandomRows.cell("eu", hardware, model);
  }

  /** The node is there and read. */
  KnownFleet read(Node node, long fromMs, long toMs) {
    for (long at = fromMs; at < toMs; at = Window.startOf(at) + Window.SIZE_MS) {
      long ms = Math.min(toMs, Window.startOf(at) + Window.SIZE_MS) - at;
      add(at, CellMeasure.EXPECTED_MS, node.boards * ms);
      add(at, CellMeasure.OBSERVED_MS, node.boards * ms);
      add(at, CellMeasure.GPU_MS, node.boards * ms);
      add(at, CellMeasure.GPU_BUSY_MS, node.boards * ms);
      add(at, CellMeasure.GPU_MJ, node.boards * node.boardWatts * ms);
      add(at, CellMeasure.GPU_BUSY_MJ, node.boards * node.boardWatts * ms);
      add(at, CellMeasure.NODE_OBSERVED_MS, ms);
      add(at, CellMeasure.NODE_MJ, node.nodeWatts * ms);
      add(at, CellMeasure.TOKENS_EXPECTED_MS, ms);
      add(at, CellMeasure.TOKENS_OBSERVED_MS, ms);
      add(at, CellMeasure.OUTPUT_TOKENS, node.tokensPerS * ms / 1000);
      add(at, CellMeasure.PROMPT_TOKENS, node.tokensPerS * ms / 1000);
      add(at, CellMeasure.REQUESTS_FINISHED, node.tokensPerS * ms / 1000);
    }
    return this;
  }

  /** The node should be read and is not. */
  KnownFleet silent(Node node, long fromMs, long toMs) {
    for (long at = fromMs; at < toMs; at = Window.startOf(at) + Window.SIZE_MS) {
      long ms = Math.min(toMs, Window.startOf(at) + Window.SIZE_MS) - at;
      add(at, CellMeasure.EXPECTED_MS, node.boards * ms);
      add(at, CellMeasure.TOKENS_EXPECTED_MS, ms);
    }
    return this;
  }

  /** Adds to the window of a moment what is not in a node's steady run. */
  KnownFleet add(long atMs, CellMeasure measure, long amount) {
    windows
            .computeIfAbsent(Window.startOf(atMs), w -> new long[CellMeasure.values().length])[
            measure.ordinal()] +=
        amount;
    return this;
  }

  List<CellRow> rows() {
    List<CellRow> rows = new ArrayList<>();
    windows.forEach(
        (start, amounts) ->
            rows.add(new CellRow(start, cell, amounts, 0, 0, 1, "exclusive", 0, 0, 1)));
    return rows;
  }

  Cell cell() {
    return cell;
  }
}
