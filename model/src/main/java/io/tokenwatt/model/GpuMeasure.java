package io.tokenwatt.model;

import java.util.Locale;

/**
 * The additive measures of {@code gpu_10s}: one row per physical board and window, MIG instances
 * summed into their board. Only ever added to at the end.
 */
public enum GpuMeasure {
  EXPECTED_MS("ms that should have been observed"),
  OBSERVED_MS("ms covered by energy readings"),
  ENERGY_MJ("board energy, millijoule"),
  ENERGY_MJ_INTEGRATED("part of energy_mj that was integrated from power"),
  ENERGY_MJ_BRIDGED("board energy over gaps longer than 5 minutes; not in energy_mj"),
  POWER_OBSERVED_MS("ms covered by power readings"),
  POWER_MW_MS("power reading in milliwatt x ms; for comparison with the energy counter"),
  POWER_LIMIT_OBSERVED_MS("ms covered by the enforced power limit"),
  POWER_LIMIT_MW_MS("enforced power limit in milliwatt x ms"),
  UTIL_OBSERVED_MS("ms covered by gpu_util"),
  UTIL_PPM_MS("any-kernel utilisation in ppm x ms"),
  GR_ACTIVE_OBSERVED_MS("ms covered by gr_engine_active"),
  GR_ACTIVE_PPM_MS("engine activity in ppm x ms"),
  SM_ACTIVE_OBSERVED_MS("ms covered by sm_active"),
  SM_ACTIVE_PPM_MS("SM activity in ppm x ms"),
  TENSOR_ACTIVE_OBSERVED_MS("ms covered by tensor_active"),
  TENSOR_ACTIVE_PPM_MS("tensor pipe activity in ppm x ms"),
  DRAM_ACTIVE_OBSERVED_MS("ms covered by dram_active"),
  DRAM_ACTIVE_PPM_MS("memory interface activity in ppm x ms"),
  HBM_OBSERVED_MS("ms covered by dram_active where the board's peak bandwidth is known"),
  HBM_KB("kB (1000 B) moved to and from board memory"),
  MEMORY_OBSERVED_MS("ms covered by memory use"),
  MEMORY_USED_MIB_MS("board memory in use in MiB x ms"),
  SM_CLOCK_OBSERVED_MS("ms covered by the SM clock"),
  SM_CLOCK_MHZ_MS("SM clock in MHz x ms"),
  TEMPERATURE_OBSERVED_MS("ms covered by the board temperature"),
  TEMPERATURE_MC_MS("board temperature in millidegree Celsius x ms"),
  MEMORY_TEMPERATURE_OBSERVED_MS("ms covered by the memory temperature"),
  MEMORY_TEMPERATURE_MC_MS("memory temperature in millidegree Celsius x ms"),
  NVLINK_OBSERVED_MS("ms covered by NVLink readings"),
  NVLINK_KB("kB over NVLink, both ways"),
  PCIE_OBSERVED_MS("ms covered by PCIe readings"),
  PCIE_KB("kB over PCIe, both ways"),
  POWER_THROTTLED_US("microseconds slowed by a power cap"),
  THERMAL_THROTTLED_US("microseconds slowed by temperature"),
  ECC_UNCORRECTED("uncorrected memory errors");

  private final String meaning;

  GpuMeasure(String meaning) {
    this.meaning = meaning;
  }

  public String column() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }
}
