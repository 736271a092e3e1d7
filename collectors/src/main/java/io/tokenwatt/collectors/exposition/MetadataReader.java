package io.tokenwatt.collectors.exposition;

import java.nio.charset.StandardCharsets;

/** Lines that begin with {@code #}, other than {@code # EOF}. */
final class MetadataReader {

  private final LineCursor line;

  MetadataReader(LineCursor line) {
    this.line = line;
  }

  /**
   * What the line says, the cursor on its {@code #}; null for a comment.
   *
   * @throws BadLine where it says nothing that can be read
   */
  Metadata read() {
    line.at++;
    Metadata.Kind kind = line.passGap() ? kind() : null;
    boolean named = kind != null && line.passGap() && (line.strict || !line.atEnd());
    if (!named) {
      if (line.strict) {
        throw new BadLine("neither HELP, TYPE, UNIT nor EOF of a family");
      }
      return null;
    }
    String family = family();
    return switch (kind) {
      case TYPE -> new Metadata(kind, family, type(), null);
      case UNIT -> new Metadata(kind, family, null, rest());
      case HELP -> new Metadata(kind, family, null, null);
    };
  }

  private Metadata.Kind kind() {
    int to = line.wordEnd();
    int length = to - line.at;
    Metadata.Kind kind = null;
    if (length == 4) {
      kind =
          switch (new String(line.bytes, line.at, length, StandardCharsets.ISO_8859_1)) {
            case "HELP" -> Metadata.Kind.HELP;
            case "TYPE" -> Metadata.Kind.TYPE;
            case "UNIT" -> line.strict ? Metadata.Kind.UNIT : null;
            default -> null;
          };
    }
    line.at = to;
    return kind;
  }

  private String family() {
    String family = line.peek() == '"' ? line.quoted() : line.metricName();
    if (family.isEmpty()) {
      throw new BadLine("metric has no name");
    }
    boolean parted = line.passGap();
    if (!parted && (line.strict || !line.atEnd())) {
      throw new BadLine("blank expected after the family's name");
    }
    return family;
  }

  private FamilyType type() {
    String word = rest();
    FamilyType type = FamilyType.ofWord(word);
    if (type == null || line.strict && type == FamilyType.UNTYPED) {
      throw new BadLine("TYPE names no known type");
    }
    return type;
  }

  private String rest() {
    int to = line.end;
    while (!line.strict && to > line.at && LineCursor.isBlank(line.bytes[to - 1])) {
      to--;
    }
    return new String(line.bytes, line.at, to - line.at, StandardCharsets.UTF_8);
  }
}
