package io.tokenwatt.collectors.agent;

import static io.tokenwatt.model.proto.GpuMetric.GPU_ENERGY_MILLIJOULES;
import static io.tokenwatt.model.proto.GpuMetric.GPU_POWER_MILLIWATTS;
import static io.tokenwatt.model.proto.GpuMetric.GPU_SM_ACTIVE_PPM;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.exporters.GpuId;
import io.tokenwatt.collectors.exporters.GpuRowReading;
import io.tokenwatt.model.proto.GpuColumn;
import io.tokenwatt.model.proto.GpuMetric;
import io.tokenwatt.model.proto.GpuTable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GpuTablesTest {
  private static GpuRowReading row(
      int board, int instance, String profile, String model, Map<GpuMetric, Long> values) {
    return new GpuRowReading(
        new GpuId(board, ~board), instance, profile, model, board, Map.of(), values);
  }

  @Test
  void whatSaysNothingIsLeftOut() {
    GpuTable table =
        GpuTables.of(
            List.of(row(0, 0, "", "NVIDIA H100", Map.of(GPU_POWER_MILLIWATTS, 700_000L))),
            "580.95");

    assertThat(table.getUuids().size()).isEqualTo(16);
    assertThat(table.getModelNamesList()).containsExactly("NVIDIA H100");
    assertThat(table.getModelNameOfRowList()).isEmpty();
    assertThat(table.getInstanceOfRowList()).isEmpty();
    assertThat(table.getProfilesList()).isEmpty();
    assertThat(table.getProfileOfRowList()).isEmpty();
    assertThat(table.getColumns(0).getPresence().isEmpty()).isTrue();
    assertThat(table.getDriverVersion()).isEqualTo("580.95");
  }

  @Test
  void rowsOfOneBoardStayApartAndAbsentReadingsHaveNoBit() {
    GpuTable table =
        GpuTables.of(
            List.of(
                row(1, 8, "1g.5gb", "A100", Map.of(GPU_ENERGY_MILLIJOULES, 6890956L)),
                row(1, 9, "2g.10gb", "A100", Map.of(GPU_SM_ACTIVE_PPM, 0L)),
                row(2, 0, "", "T4", Map.of(GPU_ENERGY_MILLIJOULES, 5L, GPU_SM_ACTIVE_PPM, 7L))),
            "");

    assertThat(table.getInstanceOfRowList()).containsExactly(8, 9, 0);
    assertThat(table.getProfilesList()).containsExactly("1g.5gb", "2g.10gb");
    assertThat(table.getProfileOfRowList()).containsExactly(1, 2, 0);
    assertThat(table.getModelNameOfRowList()).containsExactly(0, 0, 1);
    GpuColumn energy = table.getColumns(0);
    assertThat(energy.getMetric()).isEqualTo(GPU_ENERGY_MILLIJOULES);
    assertThat(energy.getPresence().toByteArray()).containsExactly(0b101);
    assertThat(energy.getValuesList()).containsExactly(6890956L, 5L);
    assertThat(table.getColumns(1).getPresence().toByteArray()).containsExactly(0b110);
    assertThat(table.getColumns(1).getValuesList()).containsExactly(0L, 7L);
  }

  @Test
  void everyReadingIsFoundAgainByRowAndMetric() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int round = 0; round < 200; round++) {
      List<GpuRowReading> rows = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(20); i++) {
        rows.add(
            row(random.nextInt(4), random.nextInt(3), "", "m" + random.nextInt(3), some(random)));
      }

      assertThat(readBack(GpuTables.of(rows, "")))
          .as("seed %d", seed)
          .isEqualTo(rows.stream().map(GpuRowReading::values).toList());
    }
  }

  private static Map<GpuMetric, Long> some(Random random) {
    Map<GpuMetric, Long> values = new EnumMap<>(GpuMetric.class);
    for (int i = 0; i < random.nextInt(6); i++) {
      values.put(GpuMetric.forNumber(1 + random.nextInt(28)), random.nextLong());
    }
    return values;
  }

  /** As the comments of node_sample.proto say, on their own. */
  private static List<Map<GpuMetric, Long>> readBack(GpuTable table) {
    int count = table.getUuids().size() / 16;
    List<Map<GpuMetric, Long>> rows = new ArrayList<>();
    for (int row = 0; row < count; row++) {
      rows.add(new EnumMap<>(GpuMetric.class));
    }
    for (GpuColumn column : table.getColumnsList()) {
      BitSet bits = BitSet.valueOf(column.getPresence().toByteArray());
      int next = 0;
      for (int row = 0; row < count; row++) {
        if (column.getPresence().isEmpty() || bits.get(row)) {
          rows.get(row).put(column.getMetric(), column.getValues(next++));
        }
      }
    }
    return rows;
  }
}
