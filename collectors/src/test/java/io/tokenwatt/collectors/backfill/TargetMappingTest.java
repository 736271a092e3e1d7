package io.tokenwatt.collectors.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenwatt.collectors.discovery.NodePlan;
import io.tokenwatt.collectors.discovery.NodeSpec;
import io.tokenwatt.collectors.exposition.Labels;
import io.tokenwatt.collectors.scrape.TargetSpec;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetMappingTest {
  private static final NodeSpec OWN = NodeSpec.of("", "eu");

  private static TargetMapping mapping(NodePlan... plans) {
    return new TargetMapping(OWN, List.of(plans), List.of());
  }

  @Test
  void theNodeIsTheFirstLabelThatNamesOne() {
    Map<String, String> labels = Map.of("job", "dcgm", "instance", "10.0.0.1:9400");
    assertThat(mapping().target(labels).orElseThrow().node().node()).isEqualTo("10.0.0.1");
    Map<String, String> kubernetes =
        Map.of("job", "dcgm", "instance", "10.0.0.1:9400", "Hostname", "h", "node", "n");
    SourceTarget target = mapping().target(kubernetes).orElseThrow();
    assertThat(target.node().node()).isEqualTo("n");
    assertThat(target.node().region()).as("as on the configuration's own node").isEqualTo("eu");
    assertThat(target.name()).isEqualTo("dcgm/10.0.0.1:9400");
    assertThat(mapping().target(Map.of("job", "x"))).isEmpty();
  }

  @Test
  void labelsGiveThePlaceUnlessTheNodeIsConfigured() {
    Map<String, String> labels =
        Map.of("job", "dcgm", "instance", "a:1", "node", "n", "region", "us", "site_kind", "moon");
    NodeSpec byLabels = mapping().target(labels).orElseThrow().node();
    assertThat(byLabels.region()).isEqualTo("us");
    assertThat(byLabels.siteKind()).as("no word of ours").isEmpty();
    NodePlan plan = NodePlan.of(NodeSpec.of("n", "asia"), List.of());
    assertThat(mapping(plan).target(labels).orElseThrow().node().region()).isEqualTo("asia");
  }

  @Test
  void aConfiguredTargetIsFoundByItsAddress() {
    NodePlan plan =
        NodePlan.of(
            NodeSpec.of("gpu-1", "eu"),
            List.of(TargetSpec.of("chat", "http://10.0.0.7:8000/metrics")));
    SourceTarget target =
        mapping(plan)
            .target(Map.of("job", "vllm", "instance", "10.0.0.7:8000", "node", "other"))
            .orElseThrow();
    assertThat(target.name()).isEqualTo("chat");
    assertThat(target.node().node()).isEqualTo("gpu-1");
  }

  @Test
  void labelsAreReadAsTheExporterWroteThem() {
    Labels labels =
        TargetMapping.asWritten(
            Map.of(
                "__name__", "DCGM_FI_DEV_POWER_USAGE",
                "job", "dcgm",
                "instance", "10.0.0.1:9400",
                "pod", "dcgm-exporter-x",
                "exported_pod", "vllm-0",
                "gpu", "0"));
    assertThat(labels).isEqualTo(Labels.of("gpu", "0", "pod", "vllm-0"));
  }
}
