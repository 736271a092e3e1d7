package io.tokenwatt.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The untyped half of a {@link Section}: finds values and remembers which keys were asked for. */
final class Entries {
  private final Context context;
  private final String path;
  private final int line;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> asked = new LinkedHashSet<>();
  // Asked for twice, a section is the same: keys asked for once are known for good.
  private final Map<String, Entries> nested = new HashMap<>();

  private record Entry(int line, Node value) {}

  Entries(Context context, String path, int line, Optional<MappingNode> node) {
    this.context = context;
    this.path = path;
    this.line = line;
    context.add(this);
    node.ifPresent(mapping -> mapping.getValue().forEach(this::put));
  }

  private void put(NodeTuple tuple) {
    int at = YamlTree.lineOf(tuple.getKeyNode());
    if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
      context.reject(new Problem(context.file, at, path, "a key must be plain text"));
    } else if (entries.putIfAbsent(key.getValue(), new Entry(at, tuple.getValueNode())) != null) {
      int first = entries.get(key.getValue()).line;
      reject(at, key.getValue(), "is already given on line " + first);
    }
  }

  int line() {
    return line;
  }

  Set<String> keys() {
    return new LinkedHashSet<>(entries.keySet());
  }

  boolean has(String key) {
    return entries.containsKey(key) || override(key).isPresent();
  }

  String pathOf(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** The environment's value for the key. */
  Optional<String> override(String key) {
    asked.add(key);
    return context.environment.override(pathOf(key));
  }

  /** The key's one value, the environment's first; empty where absent, null or reported. */
  Optional<Scalar> scalar(String key) {
    Optional<String> override = override(key);
    if (override.isPresent()) {
      String name = "environment variable " + context.environment.nameOf(pathOf(key));
      return Optional.of(new Scalar(name, 0, override.get(), override.get(), false));
    }
    return Optional.ofNullable(entries.get(key)).flatMap(entry -> inFile(key, entry.value));
  }

  /** A node of this file as one value, its placeholders filled. */
  Optional<Scalar> inFile(String key, Node node) {
    int at = YamlTree.lineOf(node);
    if (isNull(node)) {
      return Optional.empty();
    }
    if (!(node instanceof ScalarNode scalar)) {
      reject(at, key, "expected one value, got " + shape(node));
      return Optional.empty();
    }
    String raw = scalar.getValue();
    boolean open = !raw.contains("${");
    try {
      String text = open ? raw : context.placeholders.fill(raw);
      return Optional.of(new Scalar(context.file, at, text, raw, open));
    } catch (IllegalArgumentException e) {
      reject(at, key, e.getMessage());
      return Optional.empty();
    }
  }

  /** The items of a list; empty where absent, null or reported. */
  List<Node> items(String key) {
    asked.add(key);
    Entry entry = entries.get(key);
    if (entry == null || isNull(entry.value)) {
      return List.of();
    }
    if (entry.value instanceof SequenceNode sequence) {
      return sequence.getValue();
    }
    reject(entry.line, key, "expected a list, got " + shape(entry.value));
    return List.of();
  }

  /** The key's mapping; one without keys where absent, null or reported. */
  Entries nested(String key) {
    asked.add(key);
    Entry entry = entries.get(key);
    if (entry == null || isNull(entry.value)) {
      return nested.computeIfAbsent(
          pathOf(key), path -> new Entries(context, path, line, Optional.empty()));
    }
    return nested(key, pathOf(key), entry.value);
  }

  /** A node of this file as a mapping. */
  Entries nested(String key, String nestedPath, Node node) {
    return nested.computeIfAbsent(nestedPath, path -> mapping(key, path, node));
  }

  private Entries mapping(String key, String nestedPath, Node node) {
    int at = YamlTree.lineOf(node);
    if (node instanceof MappingNode mapping) {
      return new Entries(context, nestedPath, at, Optional.of(mapping));
    }
    reject(at, key, "expected keys and values, got " + shape(node));
    return new Entries(context, nestedPath, at, Optional.empty());
  }

  /** Reports a problem at the key's line, or at the section's where the key is absent. */
  void reject(String key, String message) {
    Entry entry = entries.get(key);
    reject(entry == null ? line : entry.line, key, message);
  }

  void reject(Scalar scalar, String key, String message) {
    context.reject(new Problem(scalar.file(), scalar.line(), pathOf(key), message));
  }

  void rejectUnknownKeys() {
    entries.forEach(
        (key, entry) -> {
          if (!asked.contains(key)) {
            reject(entry.line, key, "unknown key" + hint(key));
          }
        });
  }

  private String hint(String key) {
    return NearestKey.of(key, asked)
        .map(near -> "; did you mean " + near + "?")
        .orElse(asked.isEmpty() ? "" : "; known here: " + String.join(", ", asked));
  }

  private void reject(int at, String key, String message) {
    context.reject(new Problem(context.file, at, pathOf(key), message));
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String shape(Node node) {
    if (node instanceof SequenceNode) {
      return "a list";
    }
    return node instanceof MappingNode ? "keys and values" : "one value";
  }
}
