package io.tokenwatt.jobs.node;

import io.tokenwatt.jobs.meter.TimeModel;
import io.tokenwatt.jobs.power.PueEntry;
import io.tokenwatt.model.Window;
import io.tokenwatt.model.proto.NodeMetric;
import io.tokenwatt.model.proto.NodeReading;
import io.tokenwatt.model.proto.NodeSample;
import java.util.List;
import java.util.OptionalLong;

/**
 * The PUE that a node's records tell, over event time: it lies in Kafka beside the energy, so a
 * replay applies the one that was known then. It changes at window starts only and holds for an
 * hour after it was last told.
 */
final class PueTimeline {
  static final long HOLD_MS = 3_600_000;

  private PueTimeline() {}

  /** Takes what the sample tells, if it is plausible. */
  static void read(NodeState state, NodeSample sample, long atMs) {
    for (NodeReading reading : sample.getNodeReadingsList()) {
      if (reading.getMetric() == NodeMetric.NODE_PUE_MILLIONTHS
          && PueEntry.isPlausible(reading.getValue())) {
        tell(state, reading.getValue(), atMs);
      }
    }
    long horizon = atMs - TimeModel.MAX_GAP_MS - 2 * Window.SIZE_MS;
    while (state.pues.size() > 1 && state.pues.get(1).fromMs() <= horizon) {
      state.pues.remove(0);
    }
  }

  private static void tell(NodeState state, long ppm, long atMs) {
    List<NodeState.Pue> pues = state.pues;
    NodeState.Pue last = pues.isEmpty() ? null : pues.get(pues.size() - 1);
    if (last != null && last.ppm() == ppm && atMs <= state.pueToldMs + HOLD_MS) {
      state.pueToldMs = atMs;
      return;
    }
    long from = Window.startOf(atMs);
    // Two values in one window: the later one, for all of it.
    pues.removeIf(pue -> pue.fromMs() == from);
    pues.add(new NodeState.Pue(from, ppm));
    state.pueToldMs = atMs;
  }

  /** What held at the start of a window. */
  static OptionalLong at(NodeState state, long window) {
    OptionalLong found = OptionalLong.empty();
    for (NodeState.Pue pue : state.pues) {
      if (pue.fromMs() <= window && window <= state.pueToldMs + HOLD_MS) {
        found = OptionalLong.of(pue.ppm());
      }
    }
    return found;
  }
}
