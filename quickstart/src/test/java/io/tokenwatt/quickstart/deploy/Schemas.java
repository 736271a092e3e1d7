package io.tokenwatt.quickstart.deploy;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
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
      case "kafka.strimzi.io/v1" -> StrimziSchemas.problems(manifest);
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
}
