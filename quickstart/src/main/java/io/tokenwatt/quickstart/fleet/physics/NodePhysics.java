package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/**
 * One machine: its boards, its engines, its board exporter and its meter. It moves through event
 * time with its {@link Island}. Not thread-safe: callers hold one lock per island.
 */
public final class NodePhysics {
  private final Island island;
  private final List<Board> boards;
  private final List<EngineProcess> engines;
  private final Collector collector;
  private final MachineMeter meter;
  private final EdgeRecorder recorder;

  NodePhysics(
      Island island,
      List<Board> boards,
      List<EngineProcess> engines,
      Collector collector,
      MachineMeter meter,
      EdgeRecorder recorder) {
    this.island = island;
    this.boards = List.copyOf(boards);
    this.engines = List.copyOf(engines);
    this.collector = collector;
    this.meter = meter;
    this.recorder = recorder;
  }

  /** What moves together; the lock of whoever shares machines among threads. */
  public Island island() {
    return island;
  }

  public List<Board> boards() {
    return boards;
  }

  /** The engines that answer on this machine. */
  public List<EngineProcess> engines() {
    return engines;
  }

  public Collector collector() {
    return collector;
  }

  public MachineMeter meter() {
    return meter;
  }

  /** The truth at each multiple of 10 s so far. */
  public List<Edge> edges() {
    return recorder.edges();
  }

  public long nowUs() {
    return island.nowUs();
  }

  /** Lets everything happen up to and including {@code toUs}; an earlier time changes nothing. */
  public void advance(long toUs) {
    island.advance(toUs);
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
