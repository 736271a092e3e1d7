package io.tokenwatt.quickstart.fleet.physics;

import java.util.ArrayList;
import java.util.List;

/**
 * One machine: its boards, its engines and its dcgm-exporter, moved through event time together.
 * Everything that happens, happens in the order of time, so the state at an instant is the same
 * however often {@link #advance} was called before. Not thread-safe: callers hold one lock per
 * node.
 */
public final class NodePhysics {
  private final List<Board> boards;
  private final List<EngineProcess> engines;
  private final Collector collector;
  private final EdgeRecorder recorder;
  private final List<Source> sources = new ArrayList<>();
  private long nowUs;

  NodePhysics(
      List<Board> boards,
      List<EngineProcess> engines,
      Collector collector,
      int mostEdges,
      long startUs) {
    this.boards = List.copyOf(boards);
    this.engines = List.copyOf(engines);
    this.collector = collector;
    this.recorder = new EdgeRecorder(this.boards, this.engines, mostEdges, startUs);
    this.nowUs = startUs;
    engines.forEach(engine -> sources.addAll(engine.ranks()));
    sources.addAll(engines);
    sources.add(recorder);
    sources.add(collector);
  }

  public List<Board> boards() {
    return boards;
  }

  public List<EngineProcess> engines() {
    return engines;
  }

  public Collector collector() {
    return collector;
  }

  /** The truth at each multiple of 10 s so far. */
  public List<Edge> edges() {
    return recorder.edges();
  }

  public long nowUs() {
    return nowUs;
  }

  /** Lets everything happen up to and including {@code toUs}; an earlier time changes nothing. */
  public void advance(long toUs) {
    while (true) {
      Source next = sources.get(0);
      for (Source source : sources) {
        next = source.nextUs() < next.nextUs() ? source : next;
      }
      if (next.nextUs() > toUs) {
        break;
      }
      next.fire();
    }
    nowUs = Math.max(nowUs, toUs);
  }

  /** Sets the power limit of boards of one type, from the engines' next steps on. */
  public void powerCap(Hardware hardware, double watts) {
    if (!(watts > hardware.loadedIdleWatts() && watts <= hardware.boardWatts())) {
      throw new IllegalArgumentException(
          "power cap of "
              + watts
              + " W for "
              + hardware.modelName()
              + ": must be above its idle "
              + hardware.loadedIdleWatts()
              + " W and at most its limit "
              + hardware.boardWatts()
              + " W");
    }
    boards.stream()
        .filter(board -> board.hardware().equals(hardware))
        .forEach(board -> board.limitWatts(watts));
  }
}
