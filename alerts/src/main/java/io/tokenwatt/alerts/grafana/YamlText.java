package io.tokenwatt.alerts.grafana;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Maps, lists, texts, numbers and booleans as YAML that any 1.1 or 1.2 reader takes alike: texts of
 * several lines as blocks, all others in double quotes unless they are plain words. Pure.
 */
final class YamlText {
  private static final Pattern WORD = Pattern.compile("[A-Za-z_][A-Za-z_-]*");
  private static final Pattern RESERVED =
      Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|nan|inf");

  private YamlText() {}

  static String of(Map<String, ?> root) {
    StringBuilder yaml = new StringBuilder();
    map(root, 0, yaml);
    return yaml.toString();
  }

  private static void map(Map<?, ?> map, int indent, StringBuilder yaml) {
    boolean first = true;
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      // The first key of a list's item stands on the line of its dash.
      boolean afterDash = first && yaml.length() > 1 && yaml.charAt(yaml.length() - 2) == '-';
      yaml.append(" ".repeat(afterDash ? 0 : indent)).append(entry.getKey()).append(':');
      value(entry.getValue(), indent, yaml);
      first = false;
    }
  }

  private static void value(Object value, int indent, StringBuilder yaml) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      yaml.append('\n');
      map(map, indent + 2, yaml);
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      yaml.append('\n');
      for (Object item : list) {
        yaml.append(" ".repeat(indent + 2)).append("- ");
        if (item instanceof Map<?, ?> map) {
          map(map, indent + 4, yaml);
        } else {
          yaml.append(scalar(item)).append('\n');
        }
      }
    } else if (value instanceof String text && text.contains("\n")) {
      yaml.append(text.endsWith("\n") ? " |\n" : " |-\n");
      text.stripTrailing()
          .lines()
          .forEach(
              line ->
                  yaml.append(line.isEmpty() ? "" : " ".repeat(indent + 2) + line).append('\n'));
    } else {
      yaml.append(' ').append(scalar(value)).append('\n');
    }
  }

  private static String scalar(Object value) {
    if (!(value instanceof String text)) {
      return value instanceof Map ? "{}" : value instanceof List ? "[]" : String.valueOf(value);
    }
    boolean plain = WORD.matcher(text).matches() && !RESERVED.matcher(text).matches();
    return plain ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
