package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.model.NodeMeasure;

/** Puts down time in which the node, its boards and its engines should be seen. */
final class ExpectedTime {
  private final NodeState state;
  private final WindowBook book;

  ExpectedTime(NodeState state, WindowBook book) {
    this.state = state;
    this.book = book;
  }

  /** Of the machine alone, in [fromMs, untilMs). */
  void node(long fromMs, long untilMs) {
    new Interval(fromMs, untilMs)
        .perWindow(
            (window, from, to) ->
                book.machine(window).amounts[NodeMeasure.EXPECTED_MS.ordinal()] += to - from);
  }

  /** Of all that was seen lately, in [fromMs, untilMs), each until it counts as gone. */
  void all(long fromMs, long untilMs) {
    node(Math.max(fromMs, state.eventMs), Math.min(untilMs, state.eventMs + TimeModel.LATENESS_MS));
    for (NodeState.Board board : state.boards.values()) {
      Expectation.ahead(
          board.meter.allocation,
          board.meter.seenMs,
          fromMs,
          untilMs,
          BoardMetering.account(book, board));
    }
    for (NodeState.Series series : state.series.values()) {
      Expectation.ahead(
          EngineFacts.allocation(series.cell),
          series.seenMs,
          fromMs,
          untilMs,
          EngineFacts.account(book, series));
    }
  }
}
