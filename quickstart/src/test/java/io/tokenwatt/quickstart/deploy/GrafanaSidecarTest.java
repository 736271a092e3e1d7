package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Grafana's sidecars are given every provisioned dashboard and the data source, byte for byte. */
class GrafanaSidecarTest {
  private static final Path PROVISIONING =
      Kubectl.FOLDER.resolveSibling("grafana").resolve("provisioning");

  @Test
  void everyDashboardAndTheDataSourceIsAConfigMapWithItsLabel() throws IOException {
    Map<String, Manifest> files = new HashMap<>();
    for (Manifest manifest : Kubectl.kustomize("overlays/whole")) {
      if (manifest.namespace().equals("monitoring")) {
        manifest.tree().path("data").fieldNames().forEachRemaining(f -> files.put(f, manifest));
      }
    }
    List<Path> provisioned;
    try (Stream<Path> dashboards = Files.list(PROVISIONING.resolve("dashboards"))) {
      provisioned = dashboards.filter(file -> file.toString().endsWith(".json")).toList();
    }
    assertThat(provisioned).isNotEmpty();
    for (Path file : provisioned) {
      same(file, files, "grafana_dashboard");
    }
    same(PROVISIONING.resolve("datasources/tokenwatt.yaml"), files, "grafana_datasource");
    assertThat(files).hasSize(provisioned.size() + 1);
  }

  private static void same(Path file, Map<String, Manifest> files, String label)
      throws IOException {
    String name = file.getFileName().toString();
    assertThat(files).containsKey(name);
    Manifest manifest = files.get(name);
    assertThat(manifest.tree().path("data").path(name).asText()).isEqualTo(Files.readString(file));
    assertThat(manifest.tree().at("/metadata/labels").path(label).asText()).isEqualTo("1");
  }
}
