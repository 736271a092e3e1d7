package io.tokenwatt.collectors.exporters;

import static io.tokenwatt.model.proto.GpuMetric.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class OtherGpuExportersTest {

  @Test
  void nvidiaSmiUnderLoadIsReadInOurUnits() {
    TargetReading reading = Readouts.ofCorpus("nvidia_smi_exporter_h200__590.48.01__load.prom");
    assertThat(reading.exporter()).isEqualTo("nvidia_smi");
    assertThat(reading.driverVersion()).isEqualTo("590.48.01");
    assertThat(reading.gpus()).hasSize(1);
    GpuRowReading row = reading.gpus().get(0);
    assertThat(row.id()).isEqualTo(new GpuId(0, 0));
    assertThat(row.modelName()).isEqualTo("NVIDIA H200");
    assertThat(row.index()).isZero();
    assertThat(row.values())
        .containsEntry(GPU_POWER_MILLIWATTS, 627400L)
        .containsEntry(GPU_POWER_LIMIT_MILLIWATTS, 700000L)
        .containsEntry(GPU_UTIL_PPM, 1000000L)
        .containsEntry(GPU_MEMORY_USED_KIB, 33934016512L / 1024)
        .containsEntry(GPU_MEMORY_FREE_KIB, 116178026496L / 1024)
        .containsEntry(GPU_SM_CLOCK_MHZ, 1980L)
        .containsEntry(GPU_MEMORY_CLOCK_MHZ, 3201L)
        .containsEntry(GPU_TEMPERATURE_MILLICELSIUS, 52000L)
        .containsEntry(GPU_MEMORY_TEMPERATURE_MILLICELSIUS, 40000L)
        .containsEntry(GPU_THROTTLE_REASONS_BITMASK, 0L)
        .containsEntry(GPU_POWER_THROTTLE_MICROSECONDS, 0L)
        .containsEntry(GPU_ECC_UNCORRECTED, 0L)
        .doesNotContainKey(GPU_ENERGY_MILLIJOULES);
    assertThat(reading.rejects()).isEmpty();
  }

  @Test
  void oldAmdLabelsInCapitalsAreRead() {
    TargetReading reading = Readouts.ofCorpus("amd_dme_metrics_mini.prom");
    assertThat(reading.exporter()).isEqualTo("amd");
    assertThat(reading.gpus()).hasSize(1);
    GpuRowReading row = reading.gpus().get(0);
    assertThat(row.id()).hasToString("GPU-6699c0a8-4200-4242-037f-f97e6cae0f09");
    assertThat(row.instance()).isZero();
    assertThat(row.values())
        .containsOnly(entry(GPU_POWER_MILLIWATTS, 41000L), entry(GPU_UTIL_PPM, 0L));
  }

  @Test
  void amdClocksAreTakenByType() {
    TargetReading reading = Readouts.ofCorpus("amd_dme_docs_gpu_clock.prom");
    assertThat(reading.exporter()).isEqualTo("amd");
    // The documentation masks the serial numbers: all rows are one.
    assertThat(reading.gpus()).hasSize(1);
    assertThat(reading.gpus().get(0).values())
        .containsOnly(entry(GPU_SM_CLOCK_MHZ, 132L), entry(GPU_MEMORY_CLOCK_MHZ, 900L));
  }

  @Test
  void energyAndPowerOfADividedAmdBoardStandOnItsFirstPartition() {
    String gpu =
        "gpu_uuid=\"6699c0a8-4200-4242-037f-f97e6cae0f09\",gpu_compute_partition_type=\"cpx\"";
    TargetReading reading =
        Readouts.of(
            "amd_gpu_package_power{" + gpu + ",gpu_partition_id=\"0\"} 512",
            "amd_gpu_package_power{" + gpu + ",gpu_partition_id=\"1\"} 0",
            "amd_gpu_energy_consumed{" + gpu + ",gpu_partition_id=\"0\"} 123456789",
            "amd_gpu_energy_consumed{" + gpu + ",gpu_partition_id=\"1\"} 0",
            "amd_gpu_used_vram{" + gpu + ",gpu_partition_id=\"1\"} 1024");
    assertThat(reading.gpus()).extracting(GpuRowReading::instance).containsExactly(1, 2);
    assertThat(reading.gpus().get(0).values())
        .containsOnly(entry(GPU_POWER_MILLIWATTS, 512000L), entry(GPU_ENERGY_MILLIJOULES, 123457L));
    assertThat(reading.gpus().get(1).values()).containsOnly(entry(GPU_MEMORY_USED_KIB, 1000000L));
    assertThat(reading.gpus().get(1).profile()).isEqualTo("cpx");
  }

  @Test
  void anUndividedAmdBoardIsWhole() {
    TargetReading reading =
        Readouts.of(
            "gpu_package_power{gpu_uuid=\"u-1\",gpu_partition_id=\"0\",gpu_compute_partition_type=\"spx\","
                + "card_series=\"AMD Instinct MI300X\",gpu_id=\"3\",pod=\"p\"} 0",
            "gpu_vram_max_bandwidth{gpu_uuid=\"u-1\",gpu_partition_id=\"0\",gpu_compute_partition_type=\"spx\"} 5300");
    GpuRowReading row = reading.gpus().get(0);
    assertThat(row.instance()).isZero();
    assertThat(row.index()).isEqualTo(3);
    assertThat(row.modelName()).isEqualTo("AMD Instinct MI300X");
    assertThat(row.ownerLabels()).containsOnly(entry("pod", "p"));
    // Power 0 = the read failed.
    assertThat(row.values()).containsOnly(entry(GPU_DRAM_PEAK_MEGABYTES_PER_SECOND, 5300000L));
  }

  @Test
  void nodePowerAndEnergyAreReadingsOfTheMachine() {
    TargetReading reading =
        Readouts.of(
            "kepler_node_platform_joules_total{instance=\"n\",mode=\"dynamic\"} 100.5",
            "kepler_node_platform_joules_total{instance=\"n\",mode=\"idle\"} 50.25",
            "kepler_node_cpu_joules_total{zone=\"package\"} 7");
    assertThat(reading.exporter()).isEqualTo("node_energy");
    assertThat(reading.node()).hasSize(1);
    assertThat(reading.node().get(0).getValue()).isEqualTo(150750);
    assertThat(Readouts.of("ipmi_dcmi_power_consumption_watts 417").node().get(0).getValue())
        .isEqualTo(417000);
    assertThat(Readouts.of("ipmi_dcmi_power_consumption_watts 0").node()).isEmpty();
    assertThat(
            Readouts.of(
                    "idrac_power_control_consumed_watts{id=\"0\",name=\"System Power Control\"} 166",
                    "idrac_power_control_consumed_watts{id=\"1\",name=\"CPU Power\"} 90")
                .node()
                .get(0)
                .getValue())
        .isEqualTo(166000);
  }

  @Test
  void aMachineIsNotTheSumOfItsZonesPowerControlsOrSupplies() {
    // RAPL zones contain each other, and none of them knows of boards.
    assertThat(
            Readouts.of(
                    "kepler_platform_watts{source=\"redfish\",chassis_id=\"1\",power_control_id=\"PC1\"} 4100",
                    "kepler_platform_watts{source=\"redfish\",chassis_id=\"1\",power_control_id=\"PC2\"} 650",
                    "kepler_node_cpu_watts{zone=\"psys\"} 800",
                    "kepler_node_cpu_watts{zone=\"package\"} 500",
                    "kepler_node_cpu_joules_total{zone=\"psys\"} 70000",
                    "kepler_node_cpu_joules_total{zone=\"package\"} 50000")
                .node())
        .extracting(r -> r.getMetric() + " " + r.getValue())
        .containsExactly("NODE_POWER_MILLIWATTS 4100000");
    assertThat(
            Readouts.of(
                    "ipmi_power_watts{id=\"7\",name=\"Pwr Consumption\"} 1176",
                    "ipmi_power_watts{id=\"8\",name=\"PSU1 Input\"} 600")
                .node())
        .extracting(r -> r.getValue())
        .containsExactly(1_176_000L);
  }

  @Test
  void aBuildingsMeterTellsThePue() {
    assertThat(Readouts.of("site_pue_ratio{site=\"fra-3\"} 1.274").node())
        .extracting(r -> r.getMetric() + " " + r.getValue())
        .containsExactly("NODE_PUE_MILLIONTHS 1274000");
  }
}
