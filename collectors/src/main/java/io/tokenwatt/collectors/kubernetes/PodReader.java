package io.tokenwatt.collectors.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import io.tokenwatt.collectors.ownership.Pod;
import io.tokenwatt.collectors.ownership.PodContainer;
import io.tokenwatt.collectors.ownership.PodRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads one Pod of the API, v1. For one value. */
final class PodReader {
  // Of an annotation only what could name something: others are whole documents.
  private static final int LONGEST_ANNOTATION = 512;
  private static final Set<String> ENDED = Set.of("Succeeded", "Failed");

  private final JsonParser json;
  private final Map<String, String> metadata = new HashMap<>();
  private Map<String, String> labels = Map.of();
  private final Map<String, String> annotations = new LinkedHashMap<>();
  private Optional<Pod.Controller> controller = Optional.empty();
  private final List<PodContainer> containers = new ArrayList<>();
  private boolean hostNetwork;
  private boolean claims;
  private String phase = "";
  private String ip = "";

  private PodReader(JsonParser json) {
    this.json = json;
  }

  /**
   * @param version the object's resourceVersion; of a bookmark the only thing that it says
   */
  record Read(Pod pod, String version) {}

  /** Stands on the pod's first token, behind it on its last. */
  static Read read(JsonParser json) throws IOException {
    PodReader reader = new PodReader(json);
    JsonWalk.object(json, reader::field);
    return reader.pod();
  }

  private Read pod() {
    PodRef ref =
        new PodRef(metadata.getOrDefault("namespace", ""), metadata.getOrDefault("name", ""));
    Pod pod =
        new Pod(
            ref,
            metadata.getOrDefault("uid", ""),
            ip,
            hostNetwork,
            !ENDED.contains(phase),
            labels,
            annotations,
            controller,
            containers,
            claims);
    return new Read(pod, metadata.getOrDefault("resourceVersion", ""));
  }

  private void field(String field) throws IOException {
    switch (field) {
      case "metadata" -> JsonWalk.object(json, this::metadata);
      case "spec" -> JsonWalk.object(json, this::spec);
      case "status" -> JsonWalk.object(json, this::status);
      default -> json.skipChildren();
    }
  }

  private void metadata(String field) throws IOException {
    switch (field) {
      case "name", "namespace", "uid", "resourceVersion" ->
          metadata.put(field, JsonWalk.text(json));
      case "labels" -> labels = JsonWalk.texts(json);
      case "annotations" ->
          JsonWalk.texts(json)
              .forEach(
                  (key, value) -> {
                    if (value.length() <= LONGEST_ANNOTATION) {
                      annotations.put(key, value);
                    }
                  });
      case "ownerReferences" -> JsonWalk.array(json, this::owner);
      default -> json.skipChildren();
    }
  }

  private void owner() throws IOException {
    Map<String, String> owner = JsonWalk.texts(json);
    if (owner.getOrDefault("controller", "").equals("true")) {
      String kind = owner.getOrDefault("kind", "");
      controller = Optional.of(new Pod.Controller(kind, owner.getOrDefault("name", "")));
    }
  }

  private void spec(String field) throws IOException {
    switch (field) {
      case "hostNetwork" -> hostNetwork = JsonWalk.text(json).equals("true");
      case "resourceClaims" -> JsonWalk.array(json, this::claim);
      // Among the first are sidecars, which serve and run for the pod's life like the others.
      case "initContainers", "containers" ->
          JsonWalk.array(json, () -> ContainerReader.read(json, field).ifPresent(containers::add));
      default -> json.skipChildren();
    }
  }

  private void claim() throws IOException {
    claims = true;
    json.skipChildren();
  }

  private void status(String field) throws IOException {
    switch (field) {
      case "phase" -> phase = JsonWalk.text(json);
      case "podIP" -> ip = JsonWalk.text(json);
      default -> json.skipChildren();
    }
  }
}
