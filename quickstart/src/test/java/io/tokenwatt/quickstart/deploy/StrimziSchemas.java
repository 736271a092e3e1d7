package io.tokenwatt.quickstart.deploy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.strimzi.api.kafka.model.common.UnknownPropertyPreserving;
import io.strimzi.api.kafka.model.topic.KafkaTopicSpec;
import io.strimzi.api.kafka.model.user.KafkaUserSpec;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * Strimzi's topics and users, held to the classes that its CRDs are generated from. What a class
 * does not know it keeps aside, and is asked for that at any depth.
 */
final class StrimziSchemas {
  private static final ObjectMapper JSON = new ObjectMapper();

  private StrimziSchemas() {}

  static List<String> problems(Manifest manifest) {
    JsonNode tree = manifest.tree();
    List<String> fields = names(tree);
    if (!List.of("apiVersion", "kind", "metadata", "spec").containsAll(fields)) {
      return List.of("fields " + fields);
    }
    return switch (manifest.kind()) {
      case "KafkaTopic" -> of(tree, KafkaTopicSpec.class, List.of());
      case "KafkaUser" -> of(tree, KafkaUserSpec.class, List.of("authentication", "authorization"));
      default -> List.of("no schema is known of " + manifest.kind());
    };
  }

  private static List<String> of(JsonNode tree, Class<?> type, List<String> required) {
    try {
      Object spec = JSON.treeToValue(tree.path("spec"), type);
      List<String> problems = new ArrayList<>();
      collectUnknown("spec", spec, problems);
      required.stream()
          .filter(name -> !tree.path("spec").has(name))
          .forEach(name -> problems.add("spec." + name + " is missing"));
      return problems;
    } catch (JsonProcessingException e) {
      return List.of(e.getOriginalMessage());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void collectUnknown(String path, Object value, List<String> problems)
      throws ReflectiveOperationException {
    if (value instanceof List<?> list) {
      for (Object each : list) {
        collectUnknown(path + "[]", each, problems);
      }
    }
    if (value instanceof UnknownPropertyPreserving known) {
      known.getAdditionalProperties().keySet().stream()
          .map(name -> path + "." + name + " is no field")
          .forEach(problems::add);
      for (Method getter : value.getClass().getMethods()) {
        if (getter.getName().startsWith("get") && getter.getParameterCount() == 0) {
          String name = getter.getName().substring("get".length());
          collectUnknown(path + "." + name, getter.invoke(value), problems);
        }
      }
    }
  }

  private static List<String> names(JsonNode tree) {
    List<String> names = new ArrayList<>();
    tree.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
