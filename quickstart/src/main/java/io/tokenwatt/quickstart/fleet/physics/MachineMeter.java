package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/**
 * The power supply's own meter of a machine: what CPUs, memory and network draw, and the boards
 * with fans and conversion losses on top. Read once per period and shown until the next. Energy is
 * exact: whole nanojoules of time and of the boards' energy. Not thread-safe.
 */
public final class MachineMeter implements Source {
  /** A new reading every 3 s, as Kepler takes them. */
  private static final long PERIOD_US = 3_000_000;

  private static final long BASE_MW = 780_000;
  private static final long PER_BOARD_MW = 24_000;
  private static final long LOSS_PERCENT = 9;

  private final List<Board> boards;
  private final long startUs;
  private final long startBoardsNj;
  private final long startNj;
  private long readUs;
  private long lastUs;
  private long energyNj;
  private long powerMw;

  MachineMeter(List<Board> boards, long startUs, long startNj, long firstUs) {
    this.boards = List.copyOf(boards);
    this.startUs = startUs;
    this.startNj = startNj;
    this.startBoardsNj = boardsNj();
    this.readUs = firstUs;
    this.lastUs = startUs;
    this.energyNj = startNj;
    this.powerMw = baseMw() + boardsMw() * (100 + LOSS_PERCENT) / 100;
  }

  /** Energy since the meter was reset, millijoules; as of its last reading. */
  public long energyMj() {
    return energyNj / 1_000_000;
  }

  /** Mean power between its last two readings, whole watts. */
  public long watts() {
    return Math.round(powerMw / 1e3);
  }

  @Override
  public long nextUs() {
    return readUs;
  }

  @Override
  public void fire() {
    boards.forEach(board -> board.integrateTo(readUs));
    long drawn = (boardsNj() - startBoardsNj) / 100 * (100 + LOSS_PERCENT);
    long now = startNj + baseMw() * (readUs - startUs) + drawn;
    // Nanojoules per microsecond are milliwatts.
    powerMw = (now - energyNj) / Math.max(1, readUs - lastUs);
    energyNj = now;
    lastUs = readUs;
    readUs += PERIOD_US;
  }

  private long baseMw() {
    return BASE_MW + PER_BOARD_MW * boards.size();
  }

  private long boardsNj() {
    return boards.stream().mapToLong(Board::energyNj).sum();
  }

  private long boardsMw() {
    return boards.stream().mapToLong(Board::powerMw).sum();
  }
}
