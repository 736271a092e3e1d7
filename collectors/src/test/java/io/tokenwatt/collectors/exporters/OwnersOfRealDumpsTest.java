package io.tokenwatt.collectors.exporters;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.exposition.ExpositionFormat;
import io.tokenwatt.collectors.exposition.ExpositionParser;
import io.tokenwatt.collectors.ownership.Knowledge;
import io.tokenwatt.collectors.ownership.Owners;
import io.tokenwatt.collectors.ownership.Ownership;
import io.tokenwatt.model.proto.Binding;
import io.tokenwatt.model.proto.OwnershipMethod;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose boards they are by the labels of real dcgm-exporters. */
class OwnersOfRealDumpsTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("tokenwatt.root", "..")).resolve("../shared/corpus/exporters");

  private static String dump(String name) throws IOException {
    Path file = CORPUS.resolve(name);
    Assumptions.assumeTrue(Files.exists(file), "no corpus here: " + name);
    return Files.readString(file);
  }

  private static TargetReading reading(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Readouts.detectAndRead(
        ExpositionParser.parse(bytes, bytes.length, ExpositionFormat.PROMETHEUS_TEXT));
  }

  private static Owners owners(TargetReading reading) {
    return Ownership.resolve(Knowledge.of(List.of()), reading.gpus(), List.of(), "");
  }

  /** In the dump GPU-7a2e… has a pod and GPU-5f58… has empty labels. */
  private static void assertOneBoardIsTheReservations(TargetReading reading) {
    assertThat(reading.gpus()).hasSize(2);
    Binding only = owners(reading).bindings().get(0);
    assertThat(owners(reading).bindings()).hasSize(1);
    assertThat(only.getWorkload()).isEqualTo("runai-reservation/runai-reservation");
    assertThat(only.getOwner()).isEqualTo("runai-reservation");
    assertThat(only.getMethod()).isEqualTo(OwnershipMethod.OWNERSHIP_POD);
    assertThat(only.getGpuRowsCount()).isEqualTo(1);
    assertThat(reading.gpus().get(only.getGpuRows(0)).id())
        .isEqualTo(GpuId.of("GPU-7a2e92f2-be71-d37e-a744-541600ffc722"));
  }

  @Test
  void aBoardWithAPodIsThePodsAndOneWithEmptyLabelsIsNobodys() throws IOException {
    assertOneBoardIsTheReservations(reading(dump("dcgm_1_workload_fraction.prom")));
  }

  @Test
  void labelsThatAPrometheusRenamedTellTheSameAndItsOwnTellNothing() throws IOException {
    String federated =
        dump("dcgm_1_workload_fraction.prom")
            .replace(",container=", ",container=\"exporter\",exported_container=")
            .replace(",namespace=", ",namespace=\"gpu-operator\",exported_namespace=")
            .replace(",pod=", ",pod=\"dcgm-exporter-4b2xz\",exported_pod=");

    TargetReading reading = reading(federated);

    assertThat(owners(reading).bindings())
        .anySatisfy(
            binding ->
                assertThat(binding.getWorkload()).isEqualTo("runai-reservation/runai-reservation"));
    assertThat(owners(reading).bindings().stream().map(Binding::getWorkload))
        .doesNotContain("gpu-operator/exporter");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dcgm_a100_mig_4_workloads_520.prom",
        "dcgm_a100_mig_disabled_520_a.prom",
        "dcgm_h100x8_idle_580.prom"
      })
  void boardsWhoseLabelsAreEmptyOrAbsentAreUnallocated(String name) throws IOException {
    TargetReading reading = reading(dump(name));

    assertThat(reading.gpus()).isNotEmpty();
    assertThat(owners(reading).bindings()).isEmpty();
  }

  @Test
  void theInstancesOfARealMigBoardGoToThePodsPutIntoItsLabels() throws IOException {
    String text = dump("dcgm_a100_mig_4_workloads_520.prom");
    StringBuilder labelled = new StringBuilder();
    for (String line : text.split("\n", -1)) {
      String of =
          line.contains("GPU_I_ID=\"7\"")
              ? "seven"
              : line.contains("GPU_I_ID=\"8\"") ? "eight" : "";
      labelled
          .append(
              line.replace("pod=\"\"", "pod=\"" + of + "\"")
                  .replace("namespace=\"\"", "namespace=\"ml\""))
          .append('\n');
    }
    TargetReading reading = reading(labelled.toString());

    assertThat(owners(reading).bindings())
        .extracting(b -> b.getWorkload() + reading.gpus().get(b.getGpuRows(0)).instance())
        .containsExactlyInAnyOrder("ml/seven8", "ml/eight9");
  }
}
