package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code kubectl kustomize} makes of deploy/kubernetes is what an API server would take. */
class KubernetesTest {
  private static final String BASE = "base";
  private static final String EXISTING = "overlays/existing";
  private static final String WHOLE = "overlays/whole";
  private static final String REPLICATED = "overlays/replicated";
  private static final String SECURED = "overlays/secured";
  private static final String GRAFANA = "overlays/grafana-alerts";
  // Annotations, labels and data together, less what the server adds.
  private static final int CONFIG_MAP_BYTES = 1_000_000;

  @ParameterizedTest
  @ValueSource(strings = {BASE, EXISTING, WHOLE, REPLICATED, SECURED, GRAFANA})
  void everyManifestIsOfItsSchema(String folder) {
    List<String> problems = new ArrayList<>();
    List<Manifest> manifests = Kubectl.kustomize(folder);
    for (Manifest manifest : manifests) {
      Schemas.problems(manifest).forEach(problem -> problems.add(manifest + ": " + problem));
    }
    assertThat(problems).isEmpty();
    assertThat(manifests)
        .hasSizeGreaterThan(20)
        .extracting(Manifest::toString)
        .doesNotHaveDuplicates();
  }

  @Test
  void schemasRefuseWhatIsWrong() {
    for (Manifest manifest : Kubectl.kustomize(WHOLE)) {
      ObjectNode wrong = manifest.tree().deepCopy();
      String place = wrong.path("spec").isObject() ? "spec" : "metadata";
      if (!(place.equals("metadata") && manifest.apiVersion().contains("."))) {
        ((ObjectNode) wrong.get(place)).put("replica", 1);
        assertThat(Schemas.problems(new Manifest(wrong))).as(manifest.toString()).isNotEmpty();
      }
    }
  }

  @Test
  void schemasRefuseWhatIsWrongDeepWithin() {
    int pods = 0;
    for (Manifest manifest : Kubectl.kustomize(WHOLE)) {
      Manifest wrong = new Manifest(manifest.tree().deepCopy());
      for (JsonNode container : wrong.podSpec().path("containers")) {
        pods++;
        ((ObjectNode) container).put("imagee", "none");
        assertThat(Schemas.problems(wrong)).as(manifest.toString()).isNotEmpty();
      }
    }
    assertThat(pods).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, EXISTING, WHOLE, REPLICATED, SECURED, GRAFANA})
  void everyConfigMapThatIsNamedIsRendered(String folder) {
    List<Manifest> manifests = Kubectl.kustomize(folder);
    Set<String> there = new HashSet<>();
    manifests.stream()
        .filter(manifest -> manifest.kind().equals("ConfigMap"))
        .forEach(manifest -> there.add(manifest.namespace() + "/" + manifest.name()));
    int read = 0;
    for (Manifest manifest : manifests) {
      for (JsonNode named : configMaps(manifest)) {
        read++;
        assertThat(there)
            .as(manifest.toString())
            .contains(manifest.namespace() + "/" + named.asText());
      }
    }
    assertThat(read).isGreaterThan(8);
  }

  private static List<JsonNode> configMaps(Manifest manifest) {
    List<JsonNode> names = new ArrayList<>();
    for (String reference : List.of("configMapRef", "configMapKeyRef", "configMap")) {
      manifest.podSpec().findValues(reference).forEach(found -> names.add(found.path("name")));
    }
    return names;
  }

  /** Nothing that a person may apply is left out of these tests. */
  @Test
  void everyOverlayIsRendered() throws IOException {
    try (Stream<Path> folders = Files.list(Kubectl.FOLDER.resolve("overlays"))) {
      assertThat(folders.map(folder -> "overlays/" + folder.getFileName()))
          .containsExactlyInAnyOrder(EXISTING, WHOLE, REPLICATED, SECURED, GRAFANA);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WHOLE, GRAFANA})
  void noConfigMapIsTooLarge(String folder) {
    for (Manifest manifest : Kubectl.kustomize(folder)) {
      assertThat(manifest.tree().path("data").toString().length())
          .as(manifest.toString())
          .isLessThan(CONFIG_MAP_BYTES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {BASE, EXISTING, WHOLE, REPLICATED, SECURED, GRAFANA})
  void noSecretIsWritten(String folder) {
    for (Manifest manifest : Kubectl.kustomize(folder)) {
      assertThat(manifest.kind()).isNotEqualTo("Secret");
      for (JsonNode container : manifest.containers()) {
        for (JsonNode variable : container.path("env")) {
          if (variable.path("name").asText().matches(".*(PASSWORD|KEY|TOKEN|SECRET).*")) {
            assertThat(variable.has("value")).as(manifest + " " + variable).isFalse();
            assertThat(variable.at("/valueFrom/secretKeyRef/name").asText()).isNotEmpty();
          }
        }
      }
    }
  }

  /**
   * What policy "restricted" of Pod Security Admission asks, of which the base says it keeps it.
   */
  @ParameterizedTest
  @ValueSource(strings = {BASE, EXISTING})
  void podsAreRestricted(String folder) {
    int pods = 0;
    for (Manifest manifest : Kubectl.kustomize(folder)) {
      if (!manifest.podSpec().isMissingNode()) {
        pods++;
        JsonNode pod = manifest.podSpec();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).as(manifest + "").isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt()).as(manifest + "").isPositive();
        assertThat(pod.at("/securityContext/seccompProfile/type").asText())
            .isEqualTo("RuntimeDefault");
        assertThat(pod.findValues("hostPath")).isEmpty();
        for (JsonNode container : manifest.containers()) {
          JsonNode context = container.path("securityContext");
          assertThat(context.at("/capabilities/drop/0").asText())
              .as(manifest + "")
              .isEqualTo("ALL");
          assertThat(context.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
        }
      }
    }
    assertThat(pods).isEqualTo(4);
  }

  @Test
  void agentMayReadPodsAndNothingElse() {
    for (Manifest manifest : Kubectl.kustomize(WHOLE)) {
      if (manifest.kind().equals("ClusterRole")) {
        assertThat(manifest.tree().path("rules").toString())
            .isEqualTo(
                "[{\"apiGroups\":[\"\"],\"resources\":[\"pods\"],\"verbs\":[\"list\",\"watch\"]}]");
      }
      if (manifest.kind().endsWith("RoleBinding")) {
        assertThat(manifest.tree().at("/subjects/0/namespace").asText())
            .as(manifest.toString())
            .isEqualTo("tokenwatt");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {WHOLE, REPLICATED, SECURED})
  void disruptionBudgetsAndPoliciesSelectWhatIsThere(String folder) {
    List<Manifest> manifests = Kubectl.kustomize(folder);
    Set<String> names = new HashSet<>();
    for (Manifest manifest : manifests) {
      JsonNode labels = manifest.tree().at("/spec/template/metadata/labels");
      names.add(labels.path("app.kubernetes.io/name").asText());
      if (manifest.kind().equals("FlinkDeployment")) {
        names.add(manifest.name()); // the operator's label app
      }
    }
    int read = 0;
    for (Manifest manifest : manifests) {
      if (List.of("PodDisruptionBudget", "NetworkPolicy").contains(manifest.kind())) {
        for (JsonNode selector : manifest.tree().findValues("matchLabels")) {
          String app =
              selector.path("app").asText(selector.path("app.kubernetes.io/name").asText());
          if (!app.isEmpty() && !app.equals("grafana")) {
            read++;
            assertThat(names).as(manifest.toString()).contains(app);
          }
        }
      }
    }
    assertThat(read).isGreaterThan(7);
  }
}
