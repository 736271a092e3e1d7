package io.tokenwatt.quickstart.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.strimzi.api.kafka.model.topic.KafkaTopicSpec;
import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Map;

/**
 * What each kind of resource may look like. Kubernetes' own kinds: the checks that its Java
 * client's models carry, generated from the API's OpenAPI document (unknown fields, required
 * fields, types). Custom ones: the CRD in the Flink operator's jar, and the class that Strimzi's
 * CRD is generated from.
 */
final class Schemas {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODELS = "io.kubernetes.client.openapi.models.V1";

  /** Models do not know the group they belong to. */
  private static final Map<String, List<String>> KINDS =
      Map.of(
          "v1", List.of("Namespace", "ServiceAccount", "ConfigMap", "Service"),
          "apps/v1", List.of("DaemonSet", "Deployment", "StatefulSet"),
          "batch/v1", List.of("Job"),
          "policy/v1", List.of("PodDisruptionBudget"),
          "networking.k8s.io/v1", List.of("NetworkPolicy"),
          "rbac.authorization.k8s.io/v1",
              List.of("ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"));

  private Schemas() {}

  /** What is wrong with it; empty = nothing. */
  static List<String> problems(Manifest manifest) {
    return switch (manifest.apiVersion()) {
      case "flink.apache.org/v1beta1" -> FlinkCrd.problems(manifest);
      case "kafka.strimzi.io/v1" -> topic(manifest);
      default -> builtIn(manifest);
    };
  }

  private static List<String> builtIn(Manifest manifest) {
    if (!KINDS.getOrDefault(manifest.apiVersion(), List.of()).contains(manifest.kind())) {
      return List.of("no schema is known of " + manifest.apiVersion() + " " + manifest.kind());
    }
    try {
      Class.forName(MODELS + manifest.kind())
          .getMethod("validateJsonElement", JsonElement.class)
          .invoke(null, JsonParser.parseString(manifest.tree().toString()));
      return List.of();
    } catch (InvocationTargetException e) {
      return List.of(e.getCause().toString());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<String> topic(Manifest manifest) {
    if (!manifest.kind().equals("KafkaTopic")) {
      return List.of("no schema is known of " + manifest.kind());
    }
    JsonNode tree = manifest.tree();
    if (!List.of("apiVersion", "kind", "metadata", "spec").containsAll(names(tree))) {
      return List.of("fields " + names(tree));
    }
    try {
      KafkaTopicSpec spec = JSON.treeToValue(tree.path("spec"), KafkaTopicSpec.class);
      return spec.getAdditionalProperties().keySet().stream()
          .map(name -> "spec." + name + " is no field")
          .toList();
    } catch (JsonProcessingException e) {
      return List.of(e.getOriginalMessage());
    }
  }

  private static List<String> names(JsonNode tree) {
    List<String> names = new java.util.ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
