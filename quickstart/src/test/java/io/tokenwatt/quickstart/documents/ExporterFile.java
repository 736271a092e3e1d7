package io.tokenwatt.quickstart.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One file of exporters.d, as text: the agent reads the same file.
 *
 * @param names by reading: names of the exporter's metrics, the first that has a value counts
 */
record ExporterFile(
    String kind,
    String product,
    String versions,
    List<String> dumps,
    List<String> caveats,
    String target,
    boolean detected,
    List<String> prefixes,
    List<String> includes,
    Map<String, List<String>> names,
    List<String> atFinish) {

  static final Path FOLDER = Document.ROOT.resolve("collectors/src/main/resources/exporters.d");

  /** All, in the order shipped. */
  static List<ExporterFile> shipped() throws IOException {
    List<ExporterFile> all = new ArrayList<>();
    for (String file : Files.readAllLines(FOLDER.resolve("INDEX"))) {
      Load yaml = new Load(LoadSettings.builder().build());
      all.add(of(map(yaml.loadFromString(Files.readString(FOLDER.resolve(file))))));
    }
    return all;
  }

  private static ExporterFile of(Map<String, Object> root) {
    Map<String, Object> about = map(root.get("about"));
    Map<String, Object> probe = map(root.get("probe"));
    Map<String, List<String>> names = new LinkedHashMap<>();
    List<String> atFinish = new ArrayList<>();
    for (String section : List.of("gpu", "node", "engine")) {
      Map<String, Object> of = map(root.get(section));
      read(map(of.get("metrics")), names, atFinish);
      read(map(of.get("histograms")), names, atFinish);
    }
    Object port = probe.getOrDefault("port", 0);
    return new ExporterFile(
        String.valueOf(root.get("kind")),
        String.valueOf(about.get("name")),
        String.valueOf(about.get("versions")),
        texts(about.get("dumps")),
        texts(about.get("caveats")),
        port.equals(0) ? "–" : ":" + port + probe.getOrDefault("path", "/metrics"),
        root.containsKey("detect"),
        texts(root.get("prefixes")),
        texts(map(root.get("engine")).get("include")),
        names,
        atFinish);
  }

  private static void read(
      Map<String, Object> metrics, Map<String, List<String>> names, List<String> atFinish) {
    metrics.forEach(
        (reading, aliases) -> {
          List<String> all = names.computeIfAbsent(reading, key -> new ArrayList<>());
          for (Object alias : list(aliases)) {
            Map<String, Object> source = map(alias);
            all.add(name(source));
            if (all.size() == 1 && Boolean.TRUE.equals(source.get("at_finish"))) {
              atFinish.add(reading);
            }
          }
        });
  }

  private static String name(Map<String, Object> source) {
    if (source.containsKey("sum")) {
      return list(source.get("sum")).stream()
          .map(part -> name(map(part)))
          .reduce((a, b) -> a + " + " + b)
          .orElseThrow();
    }
    StringBuilder name = new StringBuilder("`").append(source.get("name"));
    map(source.get("where"))
        .forEach((label, values) -> name.append("{%s=%s}".formatted(label, one(values))));
    return name.append("`").toString();
  }

  private static String one(Object values) {
    return String.join(" or ", texts(values));
  }

  private static List<String> texts(Object value) {
    return list(value).stream().map(String::valueOf).toList();
  }

  private static List<?> list(Object value) {
    return value == null ? List.of() : (List<?>) value;
  }

  private static Map<String, Object> map(Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value != null) {
      ((Map<?, ?>) value).forEach((key, each) -> map.put(String.valueOf(key), each));
    }
    return map;
  }
}
