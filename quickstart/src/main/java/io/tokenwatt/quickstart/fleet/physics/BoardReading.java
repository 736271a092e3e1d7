package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/**
 * What dcgm-exporter knows of one board after a collection.
 *
 * @param energyMj since the driver was loaded
 * @param powerViolationNs time slowed by the power limit
 * @param slices one per slice of the board, in its order
 */
public record BoardReading(
    Board board,
    int smMhz,
    int memoryMhz,
    int celsius,
    int memoryCelsius,
    double watts,
    long energyMj,
    double limitWatts,
    boolean throttled,
    long powerViolationNs,
    List<SliceReading> slices) {

  /** Ratios are means since the collection before. */
  public record SliceReading(
      double gr,
      double sm,
      double tensor,
      double dram,
      int usedMib,
      int freeMib,
      int reservedMib) {}
}
