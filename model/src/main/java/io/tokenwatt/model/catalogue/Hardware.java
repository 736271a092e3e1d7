package io.tokenwatt.model.catalogue;

import static java.util.Objects.requireNonNull;

import java.util.OptionalDouble;

/**
 * One kind of accelerator board. Immutable.
 *
 * @param name as reports and price lists show it, for instance "H100-SXM"; "" where nothing is
 *     known
 * @param peakGBps peak bandwidth of its memory in 10^9 bytes/s; empty = unknown, and then no GB/s
 *     may be computed
 * @param memoryGiB as marketed; 0 = unknown
 * @param boardPowerW the maker's maximum for the board; 0 = unknown
 */
public record Hardware(String name, OptionalDouble peakGBps, int memoryGiB, int boardPowerW) {
  public Hardware {
    requireNonNull(name, "name is null");
    requireNonNull(peakGBps, "peakGBps is null");
  }

  /** A board that no catalogue row describes: its own name and no figures. */
  public static Hardware unknown(String name) {
    return new Hardware(name, OptionalDouble.empty(), 0, 0);
  }
}
