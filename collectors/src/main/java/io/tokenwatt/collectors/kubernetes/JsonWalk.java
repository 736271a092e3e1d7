package io.tokenwatt.collectors.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks JSON value by value and keeps only what is asked for: a pod's managed fields are longer
 * than the pod. Before each method the parser stands on the value's first token, behind it on its
 * last.
 */
final class JsonWalk {
  private JsonWalk() {}

  /** What to do with a field's value; must end on its last token. */
  interface FieldReader {
    void read(String field) throws IOException;
  }

  /** What to do with an item; must end on its last token. */
  interface ItemReader {
    void read() throws IOException;
  }

  /** All fields of an object; any other value is passed over. */
  static void object(JsonParser json, FieldReader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      reader.read(field);
    }
  }

  /** All items of an array; any other value is passed over. */
  static void array(JsonParser json, ItemReader reader) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      reader.read();
    }
  }

  /** A text, number or boolean as text; "" for anything else. */
  static String text(JsonParser json) throws IOException {
    if (json.currentToken().isScalarValue() && json.currentToken() != JsonToken.VALUE_NULL) {
      return json.getText();
    }
    json.skipChildren();
    return "";
  }

  static Map<String, String> texts(JsonParser json) throws IOException {
    Map<String, String> texts = new LinkedHashMap<>();
    object(json, field -> texts.put(field, text(json)));
    return texts;
  }

  static List<String> list(JsonParser json) throws IOException {
    List<String> list = new ArrayList<>();
    array(json, () -> list.add(text(json)));
    return list;
  }
}
