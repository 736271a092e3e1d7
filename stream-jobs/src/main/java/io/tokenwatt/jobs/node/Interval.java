package io.tokenwatt.jobs.node;

import io.tokenwatt.model.Window;

/** The time (fromMs, toMs] that a reading closes. */
record Interval(long fromMs, long toMs) {
  /** Receives each touched window with its part of the time. */
  @FunctionalInterface
  interface Parts {
    void part(long windowStartMs, long fromMs, long toMs);
  }

  void perWindow(Parts parts) {
    for (long at = fromMs; at < toMs; ) {
      long edge = Math.min(Window.endOf(at), toMs);
      parts.part(Window.startOf(at), at, edge);
      at = edge;
    }
  }
}
