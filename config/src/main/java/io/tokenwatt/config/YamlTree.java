package io.tokenwatt.config;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Bytes to a tree of nodes that know their line. Refuses what could exhaust memory or stack: more
 * than 1 MiB, nesting beyond 50, more than 50 aliases (a "YAML bomb" needs aliases of aliases; the
 * tree shares an alias' node and never copies it).
 */
final class YamlTree {
  static final int MAX_BYTES = 1 << 20;
  private static final int MAX_DEPTH = 50;

  private YamlTree() {}

  /** The document's root; empty for an empty file. */
  static Optional<Node> parse(String file, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw refuse(file, 0, "the file is larger than 1MiB");
    }
    String text = text(file, bytes);
    LoadSettings settings =
        LoadSettings.builder()
            .setLabel(file)
            .setMaxAliasesForCollections(50)
            .setCodePointLimit(MAX_BYTES)
            .build();
    try {
      checkDepth(file, text, settings);
      return new Compose(settings).composeString(text).filter(n -> !n.getTag().equals(Tag.NULL));
    } catch (MarkedYamlEngineException e) {
      throw refuse(
          file, e.getProblemMark().map(YamlTree::line).orElse(0), "not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      throw refuse(file, 0, "not YAML: " + e.getMessage());
    }
  }

  static int lineOf(Node node) {
    return node.getStartMark().map(YamlTree::line).orElse(0);
  }

  private static int line(Mark mark) {
    return mark.getLine() + 1;
  }

  private static String text(String file, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw refuse(file, 0, "the file is not UTF-8 text");
    }
  }

  // Composing recurses, parsing does not: so depth is checked on the events first.
  private static void checkDepth(String file, String text, LoadSettings settings) {
    int depth = 0;
    for (Event event : new Parse(settings).parseString(text)) {
      switch (event.getEventId()) {
        case MappingStart, SequenceStart -> depth++;
        case MappingEnd, SequenceEnd -> depth--;
        default -> {}
      }
      if (depth > MAX_DEPTH) {
        int line = event.getStartMark().map(YamlTree::line).orElse(0);
        throw refuse(file, line, "nested deeper than " + MAX_DEPTH + " levels");
      }
    }
  }

  private static ConfigException refuse(String file, int line, String message) {
    return new ConfigException(List.of(new Problem(file, line, "", message)));
  }
}
