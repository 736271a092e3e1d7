package io.tokenwatt.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Reads a YAML file into a value of the caller's own type.
 *
 * <pre>{@code
 * AgentConfig config = ConfigReader.of("TOKENWATT_AGENT", System.getenv()).read(file, AgentConfig::of);
 * }</pre>
 *
 * <p>A key is overridden by the environment variable named {@code prefix_PATH}: capitals, every run
 * of other characters one "_"; {@code node.region} is {@code TOKENWATT_AGENT_NODE_REGION}, the
 * second target's url {@code TOKENWATT_AGENT_TARGETS_1_URL}. Lists of texts are given with commas;
 * list items and free names that are not in the file cannot be added this way. Any value may hold
 * {@code ${env:NAME}}, {@code ${env:NAME:-otherwise}} or {@code ${file:PATH}}. Immutable.
 *
 * @param prefix of the overriding variables; "" = none may override
 * @param environment the process's variables
 */
public record ConfigReader(String prefix, Map<String, String> environment) {

  public static ConfigReader of(String prefix, Map<String, String> environment) {
    return new ConfigReader(prefix, Map.copyOf(environment));
  }

  /** For data files such as catalogues: nothing overrides. */
  public static ConfigReader plain() {
    return new ConfigReader("", Map.of());
  }

  /**
   * @param shape asks the root section for every key it knows
   * @throws ConfigException listing all problems, a file that cannot be read included
   */
  public <T> T read(Path file, Function<Section, T> shape) {
    String name = String.valueOf(file.getFileName());
    Path folder = file.toAbsolutePath().getParent();
    try (InputStream in = Files.newInputStream(file)) {
      return read(name, in.readNBytes(YamlTree.MAX_BYTES + 1), folder, shape);
    } catch (IOException e) {
      throw refuse(file.toString(), 0, "cannot be read: " + e);
    }
  }

  /**
   * @param name shown in problems
   * @param folder where relative paths in the file start
   */
  public <T> T read(String name, byte[] yaml, Path folder, Function<Section, T> shape) {
    Context context = new Context(name, folder, new Environment(prefix, environment));
    Optional<Node> root = YamlTree.parse(name, yaml);
    if (root.isPresent() && !(root.get() instanceof MappingNode)) {
      throw refuse(name, YamlTree.lineOf(root.get()), "expected keys and values");
    }
    int line = root.isPresent() ? 1 : 0;
    Section section =
        new Section(folder, new Entries(context, "", line, root.map(MappingNode.class::cast)));
    return finish(context, () -> shape.apply(section));
  }

  /** Like {@link #read} for a file that is a list of mappings; an empty file is an empty list. */
  public <T> List<T> readList(
      String name, byte[] yaml, Path folder, Function<Section, T> shapeOfItem) {
    Context context = new Context(name, folder, new Environment(prefix, environment));
    Optional<Node> root = YamlTree.parse(name, yaml);
    if (root.isPresent() && !(root.get() instanceof SequenceNode)) {
      throw refuse(name, YamlTree.lineOf(root.get()), "expected a list");
    }
    List<Node> items = root.map(node -> ((SequenceNode) node).getValue()).orElse(List.of());
    Entries outside = new Entries(context, "", 0, Optional.empty());
    return finish(
        context,
        () -> {
          List<T> values = new ArrayList<>();
          for (Node item : items) {
            String path = "[" + values.size() + "]";
            Entries entries = outside.nested(path, path, item);
            values.add(shapeOfItem.apply(new Section(folder, entries)));
          }
          return values;
        });
  }

  private static <T> T finish(Context context, Supplier<T> shape) {
    Optional<T> value = Optional.empty();
    String thrown = "the reader returned nothing";
    try {
      value = Optional.ofNullable(shape.get());
    } catch (IllegalArgumentException e) {
      // A record's own check; behind a problem already listed it is only its echo.
      thrown = e.getMessage();
    }
    List<Problem> problems = context.finish();
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    String reason = thrown;
    return value.orElseThrow(() -> refuse(context.file, 0, reason));
  }

  private static ConfigException refuse(String file, int line, String message) {
    return new ConfigException(List.of(new Problem(file, line, "", message)));
  }
}
