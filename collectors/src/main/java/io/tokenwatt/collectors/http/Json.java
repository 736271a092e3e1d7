package io.tokenwatt.collectors.http;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** Writes maps, lists, texts, numbers and booleans as JSON (RFC 8259) on one line. */
public final class Json {
  private Json() {}

  /**
   * @param value a Map with text keys, List, Number (finite), Boolean or null; anything else as its
   *     text
   */
  public static String of(Object value) {
    if (value instanceof Map<?, ?> map) {
      StringJoiner fields = new StringJoiner(",", "{", "}");
      map.forEach((key, field) -> fields.add(quote(String.valueOf(key)) + ":" + of(field)));
      return fields.toString();
    }
    if (value instanceof List<?> list) {
      StringJoiner items = new StringJoiner(",", "[", "]");
      list.forEach(item -> items.add(of(item)));
      return items.toString();
    }
    boolean bare = value == null || value instanceof Number || value instanceof Boolean;
    return bare ? String.valueOf(value) : quote(value.toString());
  }

  private static String quote(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        default -> out.append(c < 0x20 ? "\\u%04x".formatted((int) c) : String.valueOf(c));
      }
    }
    return out.append('"').toString();
  }
}
