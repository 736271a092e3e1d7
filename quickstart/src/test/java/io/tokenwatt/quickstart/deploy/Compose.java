package io.tokenwatt.quickstart.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** deploy/compose/compose.yaml, its merge keys carried out as Compose does. */
record Compose(JsonNode tree) {
  static final Path FOLDER = Path.of(System.getProperty("tokenwatt.root"), "deploy", "compose");

  static Compose read() throws IOException {
    return read("compose.yaml");
  }

  static Compose read(String file) throws IOException {
    String text = Files.readString(FOLDER.resolve(file));
    Object yaml = new Load(LoadSettings.builder().build()).loadFromString(text);
    return new Compose(new ObjectMapper().valueToTree(merged(yaml)));
  }

  /** YAML 1.2 has no merge keys, Compose does: what stands beside one wins. */
  private static Object merged(Object yaml) {
    if (yaml instanceof List<?> list) {
      return list.stream().map(Compose::merged).toList();
    }
    if (!(yaml instanceof Map<?, ?> map)) {
      return yaml;
    }
    Map<Object, Object> all = new LinkedHashMap<>();
    if (merged(map.get("<<")) instanceof Map<?, ?> under) {
      all.putAll(under);
    }
    map.forEach((key, value) -> all.put(key, merged(value)));
    all.remove("<<");
    return all;
  }

  JsonNode service(String name) {
    return tree.path("services").path(name);
  }

  List<String> names() {
    List<String> names = new ArrayList<>();
    tree.path("services").fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Host paths that are mounted, with where; named volumes left out. */
  Map<Path, String> mounted(String service) {
    Map<Path, String> mounted = new LinkedHashMap<>();
    for (JsonNode volume : service(service).path("volumes")) {
      String[] parts = volume.asText().split(":");
      if (parts[0].startsWith(".")) {
        mounted.put(FOLDER.resolve(parts[0]).normalize(), parts[1]);
      }
    }
    return mounted;
  }

  Map<String, String> environment(String service) {
    Map<String, String> environment = new LinkedHashMap<>();
    service(service)
        .path("environment")
        .properties()
        .forEach(e -> environment.put(e.getKey(), e.getValue().asText()));
    return environment;
  }

  /** Its command, or its entry point where that is set. */
  List<String> words(String service) {
    List<String> words = new ArrayList<>();
    service(service).path("entrypoint").forEach(word -> words.add(word.asText()));
    service(service).path("command").forEach(word -> words.add(word.asText()));
    return words;
  }
}
