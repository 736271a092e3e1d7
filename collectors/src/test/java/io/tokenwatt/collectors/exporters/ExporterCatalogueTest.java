package io.tokenwatt.collectors.exporters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenwatt.config.ConfigException;
import io.tokenwatt.config.Problem;
import io.tokenwatt.model.proto.EngineMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExporterCatalogueTest {
  @TempDir Path folder;

  @Test
  void everyShippedFileIsListedAndLoads() throws Exception {
    Path shipped =
        Path.of(ExporterCatalogue.class.getResource("/exporters.d/INDEX").toURI()).getParent();
    try (Stream<Path> files = Files.list(shipped)) {
      List<String> kinds =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".yaml"))
              .map(name -> name.replace(".yaml", ""))
              .toList();
      assertThat(ExporterCatalogue.standard().all())
          .extracting(Exporter::kind)
          .containsExactlyInAnyOrderElementsOf(kinds);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "amd_dme_docs_gpu_clock.prom,amd",
    "amd_dme_metrics_mini.prom,amd",
    "dcgm_1_workload_fraction.prom,dcgm",
    "dcgm_2.0.13_readme_2021.prom,dcgm",
    "dcgm_a100_mig_1g_idle_520.prom,dcgm",
    "dcgm_a100_mig_4_workloads_520.prom,dcgm",
    "dcgm_a100_mig_disabled_520_a.prom,dcgm",
    "dcgm_a100_mig_nvidia_docs.prom,dcgm",
    "dcgm_h100x8_idle_580.prom,dcgm",
    "dcgm_readme_2026_sentinel.prom,dcgm",
    "dcgm_t4_datadog_driver460.prom,dcgm",
    "dynamo_component_system_metrics.prom,dynamo_worker",
    "nvidia_smi_exporter_h200__590.48.01__load.prom,nvidia_smi",
    "sglang_docs_2024-12.prom,sglang",
    "sglang_docs_2025-09.prom,sglang",
    "tgi_datadog.prom,tgi",
    "triton_datadog.prom,triton",
    "triton_trtllm_inflight.prom,triton",
    "trtllm_dynamo_docs.prom,tensorrt_llm",
    "vllm_v0_aibrix_docs.prom,vllm",
    "vllm_v0_datadog.prom,vllm",
    "vllm_v1_design_doc_excerpt.prom,vllm",
  })
  void everyDumpIsRecognised(String dump, String kind) {
    assertThat(Readouts.CATALOGUE.detect(Readouts.corpus(dump)).map(Exporter::kind)).contains(kind);
  }

  @Test
  void aPageOfNobodyIsNobodys() {
    assertThat(Readouts.CATALOGUE.detect(Readouts.text("node_load1 0.5", "up 1"))).isEmpty();
    assertThat(Readouts.CATALOGUE.byName("nobody")).isEmpty();
  }

  @Test
  void discoveryLearnsWhereToLook() {
    Exporter trtllm = Readouts.CATALOGUE.byName("tensorrt_llm").orElseThrow();
    assertThat(trtllm.defaultPort()).isEqualTo(8000);
    assertThat(trtllm.path()).isEqualTo("/prometheus/metrics");
    assertThat(Readouts.CATALOGUE.byName("dcgm").orElseThrow().defaultPort()).isEqualTo(9400);
  }

  @Test
  void aUsersFileAddsAnExporter() throws IOException {
    write(
        "mine.yaml",
        """
        kind: my_engine
        probe: {port: 7000, path: /stats}
        detect: {any: ["my_*"]}
        engine:
          model: [served_model]
          metrics:
            ENGINE_OUTPUT_TOKENS: [{name: my_kilotokens_total, scale: 1000}]
        """);
    Exporter mine =
        ExporterCatalogue.load(List.of(folder))
            .detect(Readouts.text("my_kilotokens_total{served_model=\"m\"} 1.5"))
            .orElseThrow();
    assertThat(mine.defaultPort()).isEqualTo(7000);
    TargetReading reading =
        mine.read(Readouts.text("my_kilotokens_total{served_model=\"m\"} 1.5"), "t");
    assertThat(Readouts.values(Readouts.series(reading, "m", "")))
        .containsEntry(EngineMetric.ENGINE_OUTPUT_TOKENS, 1500L);
  }

  @Test
  void aUsersFileOfAShippedKindStandsInItsPlace() throws IOException {
    write(
        "vllm.yaml",
        """
        kind: vllm
        probe: {port: 8123}
        detect: {any: ["acme_vllm_*"]}
        engine:
          metrics: {ENGINE_RUNNING: [{name: acme_vllm_running}]}
        """);
    ExporterCatalogue catalogue = ExporterCatalogue.load(List.of(folder));
    assertThat(catalogue.byName("vllm").orElseThrow().defaultPort()).isEqualTo(8123);
    assertThat(catalogue.detect(Readouts.text("vllm:num_requests_running 1"))).isEmpty();
  }

  @Test
  void allProblemsOfAllFilesAreListedWithTheirLines() throws IOException {
    write(
        "a.yaml",
        """
        kind: Broken Kind
        prob: {port: 1}
        detect: {any: []}
        gpu:
          id: [uuid]
          metrics:
            GPU_POWER_WATTS: [{name: power}]
            GPU_POWER_MILLIWATTS: [{name: power, scale: -3}]
            GPU_UTIL_PPM: [{scale: 1000}]
        """);
    write(
        "b.yaml",
        """
        kind: b
        engine:
          include: [no_such_kind]
          histograms:
            LATENCY_TTFT: [{name: x, unit: minutes}]
        """);
    write("c.yaml", "kind: c\n");
    assertThat(problems())
        .extracting(p -> p.file().replaceAll(".*/", "") + ":" + p.line() + ":" + p.path())
        .containsExactlyInAnyOrder(
            "a.yaml:1:kind",
            "a.yaml:2:prob",
            "a.yaml:3:detect.any",
            "a.yaml:7:gpu.metrics.GPU_POWER_WATTS",
            "a.yaml:8:gpu.metrics.GPU_POWER_MILLIWATTS[0].scale",
            "a.yaml:9:gpu.metrics.GPU_UTIL_PPM[0].name",
            "b.yaml:5:engine.histograms.LATENCY_TTFT[0].unit",
            "c.yaml:1:kind");
  }

  @Test
  void whatOnlyShowsAmongTheFilesIsListedToo() throws IOException {
    write("a.yaml", "kind: x\nengine: {include: [no_such_kind, dcgm]}\n");
    write("b.yaml", "kind: x\nengine: {model: [m]}\n");
    assertThat(problems())
        .extracting(Problem::message)
        .anySatisfy(m -> assertThat(m).contains("x is already described in").contains("a.yaml"));
    Files.delete(folder.resolve("b.yaml"));
    assertThat(problems())
        .extracting(Problem::message)
        .containsExactly(
            "no exporter of kind no_such_kind that has an engine section",
            "no exporter of kind dcgm that has an engine section");
  }

  @Test
  void theExampleOfTheReadmeLoads() throws Exception {
    Path readme = Path.of(ExporterCatalogue.class.getResource("/exporters.d/README.md").toURI());
    String text = Files.readString(readme);
    int start = text.indexOf("```yaml\n") + "```yaml\n".length();
    write("example.yaml", text.substring(start, text.indexOf("```", start)));
    Exporter example =
        ExporterCatalogue.load(List.of(folder))
            .detect(Readouts.text("my_live_tokens_total 5"))
            .orElseThrow();
    TargetReading reading =
        example.read(
            Readouts.text(
                "my_live_tokens_total{model=\"m\",mode=\"decode\"} 5",
                "ray_my_generation_tokens_total{model=\"m\"} 4"),
            "t");
    assertThat(Readouts.values(Readouts.onlySeries(reading)))
        .containsEntry(EngineMetric.ENGINE_OUTPUT_TOKENS, 5L);
  }

  @Test
  void aFolderThatIsNotThereIsAProblem() {
    assertThatThrownBy(() -> ExporterCatalogue.load(List.of(folder.resolve("nowhere"))))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("cannot list this folder");
  }

  private List<Problem> problems() {
    try {
      ExporterCatalogue.load(List.of(folder));
      return List.of();
    } catch (ConfigException e) {
      return e.problems();
    }
  }

  private void write(String name, String yaml) throws IOException {
    Files.writeString(folder.resolve(name), yaml);
  }
}
