package io.tokenwatt.quickstart.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** One Kubernetes resource, as a tree. */
record Manifest(JsonNode tree) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static List<Manifest> all(String yaml) {
    List<Manifest> manifests = new ArrayList<>();
    for (Object document : new Load(LoadSettings.builder().build()).loadAllFromString(yaml)) {
      manifests.add(new Manifest(JSON.valueToTree(document)));
    }
    return List.copyOf(manifests);
  }

  String apiVersion() {
    return tree.path("apiVersion").asText();
  }

  String kind() {
    return tree.path("kind").asText();
  }

  String name() {
    return tree.at("/metadata/name").asText();
  }

  String namespace() {
    return tree.at("/metadata/namespace").asText();
  }

  /** What runs in its pods; missing where it has none. */
  JsonNode podSpec() {
    JsonNode template = tree.at("/spec/template/spec");
    return template.isMissingNode() ? tree.at("/spec/podTemplate/spec") : template;
  }

  /** First init containers, then containers. */
  List<JsonNode> containers() {
    List<JsonNode> containers = new ArrayList<>();
    podSpec().path("initContainers").forEach(containers::add);
    podSpec().path("containers").forEach(containers::add);
    return containers;
  }

  @Override
  public String toString() {
    return kind() + " " + namespace() + "/" + name();
  }
}
