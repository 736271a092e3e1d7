package io.tokenwatt.collectors.exporters;

import static io.tokenwatt.model.proto.GpuMetric.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.tokenwatt.collectors.exposition.Reject;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DcgmTest {
  private static final String GPU = "gpu=\"0\",UUID=\"GPU-34319582-d595-d1c7-d1d2-179bcfa61660\"";

  @Test
  void eightBoardsAreEightRowsWithTheirOwnPower() {
    TargetReading reading = Readouts.ofCorpus("dcgm_h100x8_idle_580.prom");
    assertThat(reading.exporter()).isEqualTo("dcgm");
    assertThat(reading.driverVersion()).isEqualTo("580.105.08");
    assertThat(reading.gpus())
        .extracting(row -> row.values().get(GPU_POWER_MILLIWATTS))
        .containsExactly(67351L, 67746L, 66834L, 69771L, 66401L, 66619L, 68529L, 69468L);
    assertThat(reading.gpus())
        .extracting(GpuRowReading::index)
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    GpuRowReading last = reading.gpus().get(7);
    assertThat(last.id()).hasToString("GPU-b60b817a-a091-c492-4211-92b276d697e6");
    assertThat(last.modelName()).isEqualTo("NVIDIA H100 80GB HBM3");
    assertThat(last.ownerLabels()).isEmpty();
    assertThat(last.values())
        .containsOnly(
            entry(GPU_POWER_MILLIWATTS, 69468L),
            entry(GPU_UTIL_PPM, 0L),
            entry(GPU_TEMPERATURE_MILLICELSIUS, 28000L));
    assertThat(reading.rejects()).isEmpty();
    assertThat(reading.engine()).isEmpty();
  }

  @Test
  void fourInstancesOfOneBoardShareItsIdentityAndRepeatItsPower() {
    TargetReading reading = Readouts.ofCorpus("dcgm_a100_mig_4_workloads_520.prom");
    assertThat(reading.gpus()).hasSize(4);
    assertThat(reading.gpus())
        .extracting(GpuRowReading::id)
        .containsOnly(GpuId.of("GPU-473571f2-fb37-ef7e-50fe-9885b74a23cd"));
    assertThat(reading.gpus()).extracting(GpuRowReading::instance).containsExactly(8, 9, 10, 6);
    assertThat(reading.gpus())
        .extracting(GpuRowReading::profile)
        .containsExactly("1g.5gb", "1g.5gb", "1g.5gb", "2g.10gb");
    assertThat(reading.gpus())
        .extracting(row -> row.values().get(GPU_POWER_MILLIWATTS))
        .containsExactly(112252L, 106463L, 106463L, 112252L);
    assertThat(reading.gpus())
        .extracting(row -> row.values().get(GPU_ENERGY_MILLIJOULES))
        .containsOnly(6890956L);
    GpuRowReading busy = reading.gpus().get(1);
    assertThat(busy.values())
        .containsEntry(GPU_GR_ENGINE_ACTIVE_PPM, 408493L)
        .containsEntry(GPU_TENSOR_ACTIVE_PPM, 48L)
        .containsEntry(GPU_DRAM_ACTIVE_PPM, 250816L)
        .containsEntry(GPU_MEMORY_USED_KIB, 4384L * 1024)
        .containsEntry(GPU_MEMORY_FREE_KIB, 480L * 1024)
        .containsEntry(GPU_SM_CLOCK_MHZ, 1410L)
        .containsEntry(GPU_MEMORY_CLOCK_MHZ, 1215L)
        .containsEntry(GPU_XID_LAST, 0L)
        .doesNotContainKey(GPU_UTIL_PPM);
  }

  @Test
  void aWholeBoardAndItsInstanceAreTwoRows() {
    TargetReading reading = Readouts.ofCorpus("dcgm_a100_mig_nvidia_docs.prom");
    assertThat(reading.gpus()).extracting(GpuRowReading::instance).containsExactly(0, 14);
    assertThat(reading.gpus().get(0).values())
        .containsEntry(GPU_POWER_MILLIWATTS, 409692L)
        .containsEntry(GPU_ENERGY_MILLIJOULES, 319159391L)
        .containsEntry(GPU_DRAM_ACTIVE_PPM, 690789L)
        .containsEntry(GPU_MEMORY_TEMPERATURE_MILLICELSIUS, 69000L)
        .containsEntry(GPU_PCIE_TX_BYTES_PER_SECOND, 33011804L)
        .containsEntry(GPU_PCIE_RX_BYTES_PER_SECOND, 97863601L);
    assertThat(reading.gpus().get(1).profile()).isEqualTo("1g.5gb");
    assertThat(reading.gpus().get(1).values())
        .containsEntry(GPU_GR_ENGINE_ACTIVE_PPM, 995687L)
        .containsEntry(GPU_DRAM_ACTIVE_PPM, 800339L)
        .doesNotContainKey(GPU_POWER_MILLIWATTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dcgm_readme_2026_sentinel.prom", "dcgm_2.0.13_readme_2021.prom"})
  void aBlankValueIsAbsentAndNoReject(String dump) {
    TargetReading reading = Readouts.ofCorpus(dump);
    assertThat(reading.gpus()).hasSize(1);
    assertThat(reading.gpus().get(0).values())
        .containsOnly(entry(GPU_SM_CLOCK_MHZ, 139L), entry(GPU_MEMORY_CLOCK_MHZ, 405L));
    assertThat(reading.rejects()).isEmpty();
  }

  @Test
  void anIdleBoardWithoutMigIsOneRow() {
    TargetReading reading = Readouts.ofCorpus("dcgm_a100_mig_disabled_520_a.prom");
    assertThat(reading.gpus()).hasSize(1);
    assertThat(reading.gpus().get(0).values())
        .containsEntry(GPU_POWER_MILLIWATTS, 45999L)
        .containsEntry(GPU_ENERGY_MILLIJOULES, 424405577L)
        .containsEntry(GPU_MEMORY_FREE_KIB, 40384L * 1024)
        .containsEntry(GPU_PCIE_TX_BYTES_PER_SECOND, 16503L);
    assertThat(reading.driverVersion()).isEqualTo("520.56.06");
  }

  @Test
  void anIdleInstanceIsARowOfItsBoard() {
    GpuRowReading row = Readouts.ofCorpus("dcgm_a100_mig_1g_idle_520.prom").gpus().get(0);
    assertThat(row.instance()).isEqualTo(9);
    assertThat(row.values())
        .containsEntry(GPU_POWER_MILLIWATTS, 75690L)
        .containsEntry(GPU_ENERGY_MILLIJOULES, 4617218L);
  }

  @Test
  void podLabelsAreKeptWhereTheyAreNotEmpty() {
    List<GpuRowReading> rows = Readouts.ofCorpus("dcgm_1_workload_fraction.prom").gpus();
    assertThat(rows).hasSize(2);
    assertThat(rows.get(0).ownerLabels())
        .containsOnly(
            entry("pod", "runai-reservation-gpu-qa-mig-worker-gpu-1-kvltw"),
            entry("namespace", "runai-reservation"),
            entry("container", "runai-reservation"));
    assertThat(rows.get(0).values())
        .containsEntry(GPU_ENERGY_MILLIJOULES, 9022652L)
        .containsEntry(GPU_GR_ENGINE_ACTIVE_PPM, 39L);
    assertThat(rows.get(1).ownerLabels()).isEmpty();
    assertThat(rows.get(1).values()).containsEntry(GPU_POWER_MILLIWATTS, 17035L);
  }

  @Test
  void samplesThatNameNoBoardAreRejectedWithTheirLine() {
    TargetReading reading = Readouts.ofCorpus("dcgm_t4_datadog_driver460.prom");
    assertThat(reading.gpus()).hasSize(2);
    assertThat(reading.gpus().get(0).values())
        .containsEntry(GPU_POWER_MILLIWATTS, 8969L)
        .containsEntry(GPU_ENERGY_MILLIJOULES, 128996013L);
    assertThat(reading.gpus().get(1).values())
        .containsEntry(GPU_POWER_LIMIT_MILLIWATTS, 70000L)
        .containsEntry(GPU_THROTTLE_REASONS_BITMASK, 1L);
    assertThat(reading.rejects()).hasSize(8);
    Reject first = reading.rejects().get(0);
    assertThat(first.reason()).contains("names no board").contains("UUID");
    assertThat(first.text()).startsWith("DCGM_FI_DEV_MEMORY_TEMP");
    assertThat(first.line()).isPositive();
  }

  @Test
  void namesOfVersionOneAreRead() {
    TargetReading reading =
        Readouts.of(
            "dcgm_power_usage{gpu=\"0\",uuid=\"GPU-34319582-d595-d1c7-d1d2-179bcfa61660\"} 70.5",
            "dcgm_total_energy_consumption{gpu=\"0\",uuid=\"GPU-34319582-d595-d1c7-d1d2-179bcfa61660\"} 12345",
            "dcgm_gpu_utilization{gpu=\"0\",uuid=\"GPU-34319582-d595-d1c7-d1d2-179bcfa61660\"} 37",
            "dcgm_fi_prof_dram_active{gpu=\"0\",uuid=\"GPU-34319582-d595-d1c7-d1d2-179bcfa61660\"} 0.25");
    assertThat(reading.exporter()).isEqualTo("dcgm");
    assertThat(reading.gpus().get(0).values())
        .containsOnly(
            entry(GPU_POWER_MILLIWATTS, 70500L),
            entry(GPU_ENERGY_MILLIJOULES, 12345L),
            entry(GPU_UTIL_PPM, 370000L),
            entry(GPU_DRAM_ACTIVE_PPM, 250000L));
  }

  @Test
  void namesOfDcgm46AreReadInTheirOwnUnits() {
    TargetReading reading =
        Readouts.of(
            "DCGM_FI_DEV_BOARD_POWER_WATTS{" + GPU + ",hostname=\"n\"} 412.5",
            "DCGM_FI_DEV_GPU_ENERGY_JOULES_TOTAL{" + GPU + "} 319159",
            "DCGM_FI_DEV_SM_CLOCK_HERTZ{" + GPU + "} 1410000000",
            "DCGM_FI_PROF_GR_ENGINE_UTIL_RATIO{" + GPU + "} 0.5",
            "DCGM_FI_PROF_PCIE_TX_BYTES_TOTAL{" + GPU + "} 9007199254740992",
            "DCGM_FI_DEV_GPU_UTIL_RATIO{" + GPU + "} 0.93");
    assertThat(reading.gpus().get(0).values())
        .containsOnly(
            entry(GPU_POWER_MILLIWATTS, 412500L),
            entry(GPU_ENERGY_MILLIJOULES, 319159000L),
            entry(GPU_SM_CLOCK_MHZ, 1410L),
            entry(GPU_GR_ENGINE_ACTIVE_PPM, 500000L),
            entry(GPU_PCIE_TX_BYTES, 9007199254740992L),
            entry(GPU_UTIL_PPM, 930000L));
  }

  @Test
  void whereBothNamesStandTheOldOneIsReadOnce() {
    TargetReading reading =
        Readouts.of(
            "DCGM_FI_DEV_GPU_ENERGY_JOULES_TOTAL{" + GPU + "} 319159",
            "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{" + GPU + "} 319159391");
    assertThat(reading.gpus().get(0).values())
        .containsOnly(entry(GPU_ENERGY_MILLIJOULES, 319159391L));
  }

  @Test
  void aBlankUnderTheOldNameLeavesTheNewOne() {
    TargetReading reading =
        Readouts.of(
            "DCGM_FI_DEV_POWER_USAGE{" + GPU + "} 140737488355328.000000",
            "DCGM_FI_DEV_POWER_USAGE_INSTANT{" + GPU + "} 99.5");
    assertThat(reading.gpus().get(0).values()).containsOnly(entry(GPU_POWER_MILLIWATTS, 99500L));
  }

  @Test
  void percentWhereARatioIsMeantIsRejected() {
    TargetReading reading = Readouts.of("DCGM_FI_DEV_GPU_UTIL_RATIO{" + GPU + "} 93");
    assertThat(reading.gpus().get(0).values()).isEmpty();
    assertThat(reading.rejects()).hasSize(1);
    assertThat(reading.rejects().get(0).reason()).contains("more than the whole");
    assertThat(reading.rejects().get(0).line()).isEqualTo(1);
  }

  @Test
  void throttleCountersOfTwoReasonsAreAdded() {
    TargetReading reading =
        Readouts.of(
            "DCGM_FI_DEV_CLOCKS_EVENT_REASON_SW_POWER_CAP_NS{" + GPU + "} 5000000",
            "DCGM_FI_DEV_CLOCKS_EVENT_REASON_HW_POWER_BRAKE_SLOWDOWN_NS{" + GPU + "} 2000",
            "DCGM_FI_DEV_POWER_VIOLATION{" + GPU + "} 999");
    assertThat(reading.gpus().get(0).values())
        .containsOnly(entry(GPU_POWER_THROTTLE_MICROSECONDS, 5002L));
  }

  @Test
  void podsThatShareABoardAreJoinedAndItsPowerIsNotAdded() {
    TargetReading reading =
        Readouts.of(
            "DCGM_FI_DEV_POWER_USAGE{" + GPU + ",pod=\"a\",namespace=\"x\"} 100",
            "DCGM_FI_DEV_POWER_USAGE{" + GPU + ",pod=\"b\",namespace=\"x\"} 100");
    assertThat(reading.gpus()).hasSize(1);
    GpuRowReading row = reading.gpus().get(0);
    assertThat(row.ownerLabels()).containsOnly(entry("pod", "a,b"), entry("namespace", "x,x"));
    assertThat(row.values()).containsOnly(entry(GPU_POWER_MILLIWATTS, 100000L));
  }

  @Test
  void notANumberAndNegativePowerAreRejectedNeverZero() {
    TargetReading reading =
        Readouts.of(
            "DCGM_FI_DEV_POWER_USAGE{" + GPU + "} NaN",
            "DCGM_FI_DEV_TOTAL_ENERGY_CONSUMPTION{" + GPU + "} -5",
            "DCGM_FI_DEV_GPU_TEMP{" + GPU + "} -5");
    assertThat(reading.gpus().get(0).values())
        .containsOnly(entry(GPU_TEMPERATURE_MILLICELSIUS, -5000L));
    assertThat(reading.rejects()).extracting(Reject::line).containsExactly(1, 2);
  }
}
