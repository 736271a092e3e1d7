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

  /** Grafana tells people then, and {@code alerts run} is not there to tell them again. */
  @Test
  void alertingIsThereOnlyWhereAlertsRunIsNot() throws IOException {
    Map<String, Manifest> files = new HashMap<>();
    for (Manifest manifest : Kubectl.kustomize("overlays/grafana-alerts")) {
      if (manifest.tree().at("/metadata/labels").has("grafana_alert")) {
        manifest.tree().path("data").fieldNames().forEachRemaining(f -> files.put(f, manifest));
      }
      assertThat(manifest.toString())
          .isNotIn(
              "Deployment tokenwatt/tokenwatt-alerts",
              "PodDisruptionBudget tokenwatt/tokenwatt-alerts");
    }
    List<Path> provisioned;
    try (Stream<Path> alerting = Files.list(PROVISIONING.resolve("alerting"))) {
      provisioned = alerting.toList();
    }
    assertThat(files).hasSameSizeAs(provisioned).hasSizeGreaterThan(3);
    for (Path file : provisioned) {
      same(file, files, "grafana_alert");
    }
    assertThat(Kubectl.kustomize("overlays/whole"))
        .noneMatch(manifest -> manifest.name().startsWith("tokenwatt-alerting"))
        .anyMatch(
            manifest -> manifest.toString().endsWith("Deployment tokenwatt/tokenwatt-alerts"));
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
