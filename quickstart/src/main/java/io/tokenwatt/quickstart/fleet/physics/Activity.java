package io.tokenwatt.quickstart.fleet.physics;

/**
 * What one engine does to one of its boards (or to its slice of a board) until it says otherwise.
 * The four ratios are of the slice, in [0, 1].
 *
 * @param loaded a model is in memory
 * @param gr share of time with any kernel running
 * @param sm share of time with work on the multiprocessors
 * @param tensor share of the peak of the tensor pipes
 * @param dram share of the peak of the memory bandwidth
 * @param dynamicWatts power above idle that it takes from the board
 * @param clock SM clock as a share of the full clock, in (0, 1]
 * @param memoryMib memory in use
 * @param reasons why the clock is below 1, NVML's bits
 * @param nvlink bytes per microsecond to and from the other boards, over NVLink
 * @param pcie the same over PCIe, beside what every engine moves
 */
public record Activity(
    boolean loaded,
    double gr,
    double sm,
    double tensor,
    double dram,
    double dynamicWatts,
    double clock,
    int memoryMib,
    long reasons,
    double nvlink,
    double pcie) {

  /** Alone on its board; a clock below 1 is the power limit's doing. */
  public Activity(
      boolean loaded,
      double gr,
      double sm,
      double tensor,
      double dram,
      double dynamicWatts,
      double clock,
      int memoryMib) {
    this(
        loaded,
        gr,
        sm,
        tensor,
        dram,
        dynamicWatts,
        clock,
        memoryMib,
        clock < 1 ? Reason.POWER_CAP : 0,
        0,
        0);
  }

  /** Nobody is there. */
  public static final Activity NONE = new Activity(false, 0, 0, 0, 0, 0, 1, 0);

  /** A model is loaded and has nothing to do. */
  static Activity loadedIdle(int memoryMib) {
    return new Activity(true, 0, 0, 0, 0, 0, 1, memoryMib);
  }

  /** The same on a board in step with it whose own clock is another. */
  Activity at(double ownClock, long ownReasons) {
    return new Activity(
        loaded, gr, sm, tensor, dram, dynamicWatts, ownClock, memoryMib, ownReasons, nvlink, pcie);
  }
}
