package io.tokenwatt.quickstart.fleet.physics;

import java.util.List;

/**
 * What dcgm-exporter knows of one board after a collection.
 *
 * @param energyMj since the driver was loaded
 * @param driver its version
 * @param reasons for clocks below the full one during the last second, NVML's bits
 * @param powerViolationNs time slowed by the power limit
 * @param heatViolationNs time slowed by temperature
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
    String driver,
    long reasons,
    long powerViolationNs,
    long heatViolationNs,
    List<SliceReading> slices) {

  /** Ratios are means since the collection before, links bytes per second of one way. */
  public record SliceReading(
      double gr,
      double sm,
      double tensor,
      double dram,
      double nvlink,
      double pcie,
      int usedMib,
      int freeMib,
      int reservedMib) {}
}
