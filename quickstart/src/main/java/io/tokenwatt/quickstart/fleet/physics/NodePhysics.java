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

  /**
   * Lets something happen now, to all boards or all engines of the machine, from the engines' next
   * steps on.
   *
   * @throws IllegalArgumentException if the size makes no sense for the boards
   */
  public void inject(Injection injection) {
    if (injection instanceof Injection.OfBoards ofBoards) {
      Injector.apply(ofBoards, boards, nowUs());
    } else if (injection instanceof Injection.OfEngines ofEngines) {
      engines.forEach(engine -> engine.inject(ofEngines, nowUs()));
    }
  }

  /** The same to one board, by its index. */
  public void inject(Injection.OfBoards injection, int board) {
    Injector.apply(injection, List.of(boards.get(board)), nowUs());
  }

  /** The same to one engine, by its name. */
  public void inject(Injection.OfEngines injection, String engine) {
    engines.stream()
        .filter(process -> process.name().equals(engine))
        .forEach(process -> process.inject(injection, nowUs()));
  }
}
