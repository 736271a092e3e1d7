package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/**
 * dcgm-exporter's inner loop: reads all boards once per period ({@code -c}, default 30 s) and shows
 * that reading until the next. Not thread-safe.
 */
public final class Collector implements Source {
  private static final long POWER_MEAN_US = 1_000_000;

  private final List<BoardProbe> probes;
  private final long periodUs;
  private boolean marked;
  private long readUs;
  private List<BoardReading> readings;

  Collector(List<Board> boards, long periodUs, long firstUs, long startUs) {
    if (periodUs < POWER_MEAN_US) {
      throw new IllegalArgumentException(
          "the collection period is " + periodUs + " us; at least 1 s is simulated");
    }
    this.probes = boards.stream().map(board -> new BoardProbe(board, startUs)).toList();
    this.periodUs = periodUs;
    this.readUs = firstUs;
    this.readings = probes.stream().map(probe -> probe.read(startUs)).toList();
  }

  public long periodUs() {
    return periodUs;
  }

  /** What the exporter shows now, one per board; the same list until the next collection. */
  public List<BoardReading> readings() {
    return readings;
  }

  @Override
  public long nextUs() {
    return marked ? readUs : readUs - POWER_MEAN_US;
  }

  @Override
  public void fire() {
    long atUs = nextUs();
    if (!marked) {
      probes.forEach(probe -> probe.mark(atUs));
      marked = true;
      return;
    }
    readings = probes.stream().map(probe -> probe.read(atUs)).toList();
    marked = false;
    readUs += periodUs;
  }
}
