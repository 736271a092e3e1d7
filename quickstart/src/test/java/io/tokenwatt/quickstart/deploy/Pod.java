package io.tokenwatt.quickstart.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a container of a rendered resource is given: arguments, environment, files. */
record Pod(List<Manifest> rendered, Manifest manifest, JsonNode container) {
  /** Stands for whatever a Secret or the node says. */
  static final String GIVEN = "given";

  static Pod of(String folder, String kind, String name, String container) {
    List<Manifest> rendered = Kubectl.kustomize(folder);
    Manifest manifest =
        rendered.stream()
            .filter(each -> each.kind().equals(kind) && each.name().equals(name))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    JsonNode found =
        manifest.containers().stream()
            .filter(each -> each.path("name").asText().equals(container))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no container " + container));
    return new Pod(rendered, manifest, found);
  }

  /** As Kubernetes sets it, {@code envFrom} first. */
  Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    for (JsonNode from : container.path("envFrom")) {
      JsonNode data = configMap(from.at("/configMapRef/name").asText());
      data.properties()
          .forEach(entry -> environment.put(entry.getKey(), entry.getValue().asText()));
    }
    for (JsonNode variable : container.path("env")) {
      environment.put(variable.path("name").asText(), value(variable));
    }
    return environment;
  }

  private String value(JsonNode variable) {
    if (variable.has("value")) {
      return variable.path("value").asText();
    }
    JsonNode key = variable.at("/valueFrom/configMapKeyRef");
    if (key.isMissingNode()) {
      return GIVEN;
    }
    JsonNode value = configMap(key.path("name").asText()).path(key.path("key").asText());
    assertThat(value.isTextual()).as("%s %s", manifest, variable).isTrue();
    return value.asText();
  }

  /** Variables of the form {@code $(NAME)} filled in, as the kubelet does. */
  List<String> arguments() {
    Map<String, String> environment = environment();
    List<String> arguments = new ArrayList<>();
    for (JsonNode argument : container.path("args")) {
      String text = argument.asText();
      for (Map.Entry<String, String> variable : environment.entrySet()) {
        text = text.replace("$(" + variable.getKey() + ")", variable.getValue());
      }
      assertThat(text).doesNotContain("$(");
      arguments.add(text);
    }
    return arguments;
  }

  /** The file that the container finds at this path, written to a folder here. */
  Path file(String mounted, Path folder) throws IOException {
    Path path = Path.of(mounted);
    for (JsonNode mount : container.path("volumeMounts")) {
      if (path.startsWith(mount.path("mountPath").asText())) {
        String name = path.getFileName().toString();
        JsonNode text = configMap(configMapOf(mount.path("name").asText())).path(name);
        assertThat(text.isTextual()).as(manifest + " has no file " + mounted).isTrue();
        return Files.writeString(folder.resolve(name), text.asText());
      }
    }
    throw new AssertionError(manifest + ": nothing is mounted at " + mounted);
  }

  private String configMapOf(String volume) {
    for (JsonNode each : manifest.podSpec().path("volumes")) {
      if (each.path("name").asText().equals(volume)) {
        return each.at("/configMap/name").asText();
      }
    }
    throw new AssertionError(manifest + " has no volume " + volume);
  }

  private JsonNode configMap(String name) {
    return rendered.stream()
        .filter(each -> each.kind().equals("ConfigMap") && each.name().equals(name))
        .filter(each -> each.namespace().equals(manifest.namespace()))
        .findFirst()
        .orElseThrow(() -> new AssertionError(manifest + ": no ConfigMap " + name))
        .tree()
        .path("data");
  }
}
