package io.tokenwatt.quickstart.bench.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.model.GpuMeasure;
import io.tokenwatt.model.fact.GpuRow;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedRowsTest {
  @Test
  void everyBoardHasARowPerWindowAndItsReadingsAreNoConstants() {
    SimulatedRows rows = SimulatedRows.of(1, 120, 7, second -> {});
    Collection<GpuRow> last = LastVersions.of(rows.gpus);
    assertThat(last.stream().map(GpuRow::gpu).distinct()).hasSize(8);
    assertThat(last).hasSizeGreaterThan(8 * 8);
    Set<Long> watts = new HashSet<>();
    last.stream()
        .filter(row -> row.workload().equals("code"))
        .forEach(row -> watts.add(row.amounts()[GpuMeasure.ENERGY_MJ.ordinal()]));
    assertThat(watts).hasSizeGreaterThan(10);
    assertThat(rows.engines).isNotEmpty();
    assertThat(rows.nodes).isNotEmpty();
  }
}
