package io.tokenwatt.quickstart.fleet.physics;

import java.util.ArrayList;
import java.util.List;

/** Reads one board: differences of its integrals since the last reading. Not thread-safe. */
final class BoardProbe {
  private static final int DRIVER_MIB = 560;

  private final Board board;
  private final List<SliceIntegrals> last = new ArrayList<>();
  private long lastUs;
  private long markNj;
  private long markUs;

  BoardProbe(Board board, long atUs) {
    this.board = board;
    this.lastUs = atUs;
    this.markUs = atUs;
    this.markNj = board.energyNj();
    board.slices().forEach(slice -> last.add(new SliceIntegrals()));
  }

  /** The beginning of the second over which the power shown is averaged. */
  void mark(long atUs) {
    board.integrateTo(atUs);
    markUs = atUs;
    markNj = board.energyNj();
    board.takeReasons();
  }

  BoardReading read(long atUs) {
    board.integrateTo(atUs);
    double watts = watts(atUs);
    double celsius = board.celsius();
    Hardware hardware = board.hardware();
    int fullMhz = board.loaded() ? hardware.smMhz() : hardware.idleSmMhz();
    BoardReading reading =
        new BoardReading(
            board,
            (int) (fullMhz * board.clock()) / 15 * 15,
            hardware.memoryMhz(),
            (int) Math.round(celsius),
            (int) Math.round(celsius + 5),
            watts,
            board.energyNj() / 1_000_000,
            board.limitWatts(),
            board.condition().driver,
            board.takeReasons(),
            board.cappedUs() * 1000,
            board.heatedUs() * 1000,
            slices(Math.max(1, atUs - lastUs)));
    lastUs = atUs;
    return reading;
  }

  private double watts(long atUs) {
    if (board.hardware().instantPower() || atUs == markUs) {
      return board.powerMw() / 1e3;
    }
    // nanojoules per microsecond are milliwatts
    return (double) (board.energyNj() - markNj) / (atUs - markUs) / 1e3;
  }

  private List<BoardReading.SliceReading> slices(long us) {
    List<BoardReading.SliceReading> readings = new ArrayList<>();
    for (int i = 0; i < last.size(); i++) {
      SliceIntegrals now = board.integrals(i);
      SliceIntegrals then = last.get(i);
      int all = (int) (board.hardware().memoryMib() * board.slices().get(i).memory());
      int reserved = board.slices().get(i).isMig() ? 0 : DRIVER_MIB;
      int used = board.activity(i).memoryMib();
      readings.add(
          new BoardReading.SliceReading(
              Math.min(1, (now.gr - then.gr) / us),
              Math.min(1, (now.sm - then.sm) / us),
              Math.min(1, (now.tensor - then.tensor) / us),
              Math.min(1, (now.dram - then.dram) / us),
              (now.nvlink - then.nvlink) / us * 1e6,
              (now.pcie - then.pcie) / us * 1e6,
              used,
              all - reserved - used,
              reserved));
      then.set(now);
    }
    return List.copyOf(readings);
  }
}
