package io.tokenwatt.quickstart.fleet.physics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Writes down the truth at each multiple of 10 s of event time. Not thread-safe. */
final class EdgeRecorder implements Source {
  static final long PERIOD_US = 10_000_000;

  private final List<Board> boards;
  private final List<EngineProcess> engines;
  private final int most;
  private final List<Edge> edges = new ArrayList<>();
  private long nextUs;

  EdgeRecorder(List<Board> boards, List<EngineProcess> engines, int most, long startUs) {
    this.boards = boards;
    this.engines = engines;
    this.most = most;
    this.nextUs = Math.floorDiv(startUs, PERIOD_US) * PERIOD_US + PERIOD_US;
  }

  List<Edge> edges() {
    return List.copyOf(edges);
  }

  @Override
  public long nextUs() {
    return edges.size() < most ? nextUs : NEVER;
  }

  @Override
  public void fire() {
    boards.forEach(board -> board.integrateTo(nextUs));
    edges.add(
        new Edge(
            nextUs / 1000,
            byName(EngineProcess::lifetimeOutput),
            byName(EngineProcess::lifetimePrompt),
            boards.stream()
                .collect(
                    Collectors.toUnmodifiableMap(Board::uuid, b -> b.energyNj() / 1_000_000))));
    nextUs += PERIOD_US;
  }

  private Map<String, Long> byName(ToLongFunction<EngineProcess> count) {
    return engines.stream()
        .collect(Collectors.toUnmodifiableMap(EngineProcess::name, count::applyAsLong));
  }
}
