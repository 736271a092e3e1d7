package io.tokenwatt.quickstart.fleet.physics;

/**
 * A board type of the simulation. Peaks are the vendors' data sheets (dense BF16), the idle watts
 * are readings: 67 W of an H100 without a model is the median of a real dump of eight; a loaded
 * model keeps the board out of its lowest state.
 *
 * @param modelName as dcgm-exporter writes it
 * @param tflops peak dense BF16, 10^12 operations per second
 * @param terabytesPerSecond peak memory bandwidth
 * @param memoryMib memory that the driver shows
 * @param bareIdleWatts without a process on the board
 * @param loadedIdleWatts with a model loaded and nothing to do
 * @param boardWatts default power limit
 * @param idleSmMhz SM clock without a process
 * @param smMhz SM clock under load, no cap acting
 * @param memoryMhz memory clock
 * @param instantPower GA100 and older show the power of the instant, later ones the mean of 1 s
 */
public record Hardware(
    String modelName,
    double tflops,
    double terabytesPerSecond,
    int memoryMib,
    double bareIdleWatts,
    double loadedIdleWatts,
    double boardWatts,
    int idleSmMhz,
    int smMhz,
    int memoryMhz,
    boolean instantPower) {

  public static final Hardware H100 =
      new Hardware("NVIDIA H100 80GB HBM3", 989, 3.35, 81559, 68, 118, 700, 345, 1980, 2619, false);
  public static final Hardware H200 =
      new Hardware("NVIDIA H200", 989, 4.8, 143771, 76, 124, 700, 345, 1980, 3201, false);
  public static final Hardware B200 =
      new Hardware("NVIDIA B200", 2250, 8.0, 183359, 142, 196, 1000, 120, 1965, 3996, false);
  public static final Hardware L40S =
      new Hardware("NVIDIA L40S", 362, 0.864, 46068, 36, 84, 350, 210, 2520, 9001, false);

  /** 750 W and 5.3 TB/s by the data sheet; a board without work shows about 140 W. */
  public static final Hardware MI300X =
      new Hardware(
          "AMD Instinct MI300X OAM", 1307, 5.3, 196592, 141, 172, 750, 132, 2100, 1300, false);

  public static final Hardware A100 =
      new Hardware("NVIDIA A100-SXM4-40GB", 312, 1.555, 40960, 52, 64, 400, 210, 1410, 1215, true);

  /** Boards of one machine are linked with each other; the L40S has PCIe alone. */
  public boolean hasNvlink() {
    return !isAmd() && !modelName.endsWith("L40S");
  }

  /** Read by AMD's device-metrics-exporter, not by dcgm-exporter. */
  public boolean isAmd() {
    return modelName.startsWith("AMD ");
  }
}
