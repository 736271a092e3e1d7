package io.tokenwatt.quickstart.bench.jobs;

import java.util.ArrayList;
import java.util.List;

/** From which tick on each node was there. Not thread-safe. */
final class Growth {
  private record Step(long fromTick, int nodes) {}

  private final List<Step> steps = new ArrayList<>();

  void grown(long fromTick, int nodes) {
    steps.add(new Step(fromTick, nodes));
  }

  int nodes() {
    return steps.get(steps.size() - 1).nodes();
  }

  /** A node's first tick. */
  long firstTick(int node) {
    return steps.stream().filter(step -> node < step.nodes()).findFirst().orElseThrow().fromTick();
  }

  /** Records sent up to and with that tick. */
  long records(long lastTick) {
    long records = 0;
    for (int i = 0; i < steps.size(); i++) {
      long end = i + 1 < steps.size() ? steps.get(i + 1).fromTick() : lastTick + 1;
      records += (end - steps.get(i).fromTick()) * steps.get(i).nodes();
    }
    return records;
  }
}
