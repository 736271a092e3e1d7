package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Strimzi's topics are those of create-topics.sh, which another test holds to the code. */
class TopicsTest {
  private static final Pattern CREATE =
      Pattern.compile("(?m)^create (\\S+) (\\d+)((?:[^\\n\\\\]|\\\\\\n)*)$");
  private static final Pattern CONFIG = Pattern.compile("--config (\\S+)=(\\S+)");
  // What a cluster of three brokers adds; one broker could not keep it.
  private static final Map<String, String> OF_A_CLUSTER = Map.of("min.insync.replicas", "2");

  @Test
  void strimziHasTheTopicsOfTheScript() throws IOException {
    Map<String, Map<String, String>> rendered = new TreeMap<>();
    for (Manifest manifest : Kubectl.kustomize("overlays/whole")) {
      if (manifest.kind().equals("KafkaTopic")) {
        assertThat(manifest.namespace()).isEqualTo("kafka");
        JsonNode spec = manifest.tree().path("spec");
        Map<String, String> settings = new HashMap<>();
        settings.put("partitions", spec.path("partitions").asText());
        spec.path("config")
            .properties()
            .forEach(e -> settings.put(e.getKey(), e.getValue().asText()));
        rendered.put(manifest.name(), settings);
      }
    }
    assertThat(rendered).isEqualTo(ofTheScript()).hasSize(6);
  }

  private static Map<String, Map<String, String>> ofTheScript() throws IOException {
    String script = Files.readString(Kubectl.FOLDER.resolveSibling("single-host/create-topics.sh"));
    Map<String, Map<String, String>> topics = new TreeMap<>();
    Matcher created = CREATE.matcher(script);
    while (created.find()) {
      Map<String, String> settings = new HashMap<>(OF_A_CLUSTER);
      settings.put("partitions", created.group(2));
      CONFIG.matcher(created.group(3)).results().forEach(c -> settings.put(c.group(1), c.group(2)));
      topics.put(created.group(1), settings);
    }
    return topics;
  }
}
