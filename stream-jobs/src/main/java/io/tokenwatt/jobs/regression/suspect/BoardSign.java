package io.tokenwatt.jobs.regression.suspect;

import static io.tokenwatt.model.GpuMeasure.DRAM_ACTIVE_OBSERVED_MS;
import static io.tokenwatt.model.GpuMeasure.DRAM_ACTIVE_PPM_MS;
import static io.tokenwatt.model.GpuMeasure.ECC_UNCORRECTED;
import static io.tokenwatt.model.GpuMeasure.EXPECTED_MS;
import static io.tokenwatt.model.GpuMeasure.GR_ACTIVE_OBSERVED_MS;
import static io.tokenwatt.model.GpuMeasure.GR_ACTIVE_PPM_MS;
import static io.tokenwatt.model.GpuMeasure.NVLINK_KB;
import static io.tokenwatt.model.GpuMeasure.NVLINK_OBSERVED_MS;
import static io.tokenwatt.model.GpuMeasure.PCIE_KB;
import static io.tokenwatt.model.GpuMeasure.PCIE_OBSERVED_MS;
import static io.tokenwatt.model.GpuMeasure.POWER_LIMIT_MW_MS;
import static io.tokenwatt.model.GpuMeasure.POWER_LIMIT_OBSERVED_MS;
import static io.tokenwatt.model.GpuMeasure.POWER_MW_MS;
import static io.tokenwatt.model.GpuMeasure.POWER_OBSERVED_MS;
import static io.tokenwatt.model.GpuMeasure.POWER_THROTTLED_US;
import static io.tokenwatt.model.GpuMeasure.SM_CLOCK_MHZ_MS;
import static io.tokenwatt.model.GpuMeasure.SM_CLOCK_OBSERVED_MS;
import static io.tokenwatt.model.GpuMeasure.TEMPERATURE_MC_MS;
import static io.tokenwatt.model.GpuMeasure.TEMPERATURE_OBSERVED_MS;
import static io.tokenwatt.model.GpuMeasure.TENSOR_ACTIVE_OBSERVED_MS;
import static io.tokenwatt.model.GpuMeasure.TENSOR_ACTIVE_PPM_MS;
import static io.tokenwatt.model.GpuMeasure.THERMAL_THROTTLED_US;

import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.fact.GpuRow;

/**
 * What a board shows, each as a ratio of two sums. Bits of NVML's clock event reasons are shares of
 * windows: the row has the last mask of its window. Constants are only ever added at the end.
 */
enum BoardSign {
  SM_CLOCK(SM_CLOCK_MHZ_MS, SM_CLOCK_OBSERVED_MS, 1, 15),
  POWER_LIMIT(POWER_LIMIT_MW_MS, POWER_LIMIT_OBSERVED_MS, 1e-3, 1),
  POWER(POWER_MW_MS, POWER_OBSERVED_MS, 1e-3, 3),
  TEMPERATURE(TEMPERATURE_MC_MS, TEMPERATURE_OBSERVED_MS, 1e-3, 1),
  BUSY(GR_ACTIVE_PPM_MS, GR_ACTIVE_OBSERVED_MS, 1e-6, 0.01),
  TENSOR(TENSOR_ACTIVE_PPM_MS, TENSOR_ACTIVE_OBSERVED_MS, 1e-6, 0.005),
  DRAM(DRAM_ACTIVE_PPM_MS, DRAM_ACTIVE_OBSERVED_MS, 1e-6, 0.01),
  /** MB/s. */
  NVLINK(NVLINK_KB, NVLINK_OBSERVED_MS, 1, 1),
  /** MB/s. */
  PCIE(PCIE_KB, PCIE_OBSERVED_MS, 1, 1),
  /** Share of time; 0 where the counter is not read. */
  POWER_THROTTLED(POWER_THROTTLED_US, EXPECTED_MS, 1e-3, 0.01),
  /** Share of time; 0 where the counter is not read. */
  HEAT_THROTTLED(THERMAL_THROTTLED_US, EXPECTED_MS, 1e-3, 0.01),
  /** Applications clocks or locked clocks act. */
  CLOCKS_SET_BIT(0x2),
  POWER_CAP_BIT(0x4),
  /** SW or HW thermal slowdown. */
  HEAT_BITS(0x20 | 0x40),
  /** HW slowdown or power brake. */
  BRAKE_BITS(0x8 | 0x80),
  /** Any bit at all: the mask is read. */
  ANY_BIT(~0L),
  ECC(ECC_UNCORRECTED, EXPECTED_MS, 1e3, 0);

  static final int COLUMNS = 2 * values().length;

  private final GpuMeasure value;
  private final GpuMeasure observed;
  private final long bits;

  /** From value / observed to the unit that people read. */
  final double scale;

  /** Smaller changes, in that unit, say nothing. */
  final double least;

  BoardSign(GpuMeasure value, GpuMeasure observed, double scale, double least) {
    this.value = value;
    this.observed = observed;
    this.bits = 0;
    this.scale = scale;
    this.least = least;
  }

  BoardSign(long bits) {
    this.value = null;
    this.observed = null;
    this.bits = bits;
    this.scale = 1;
    this.least = 0.2;
  }

  /** The sums of a row, two columns to a sign. */
  static float[] sums(GpuRow row) {
    float[] sums = new float[COLUMNS];
    for (BoardSign sign : values()) {
      boolean bit = sign.value == null;
      sums[2 * sign.ordinal()] =
          bit
              ? ((row.throttleReasons() & sign.bits) != 0 ? 1 : 0)
              : row.amounts()[sign.value.ordinal()];
      sums[2 * sign.ordinal() + 1] = bit ? 1 : row.amounts()[sign.observed.ordinal()];
    }
    return sums;
  }

  /** NaN = not observed. */
  double of(float[] sums) {
    double observedSum = sums[2 * ordinal() + 1];
    return observedSum > 0 ? scale * sums[2 * ordinal()] / observedSum : Double.NaN;
  }
}
