package io.tokenwatt.collectors.requests;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.tokenwatt.model.proto.ChangeEvent;
import java.io.IOException;

/** Reads one JSON object as a change event. A key that is not ours is refused: it may be a typo. */
final class ChangeLine {
  private ChangeLine() {}

  /**
   * @param nowMs stands in where the event has no time
   */
  static ChangeEvent parse(byte[] bytes, int from, int length, String agent, long nowMs)
      throws ChangeRejected {
    ChangeDraft draft = new ChangeDraft();
    try (JsonParser json = NdjsonLine.JSON.createParser(bytes, from, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw ChangeRejected.of("not_an_object", "an event is one JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        field(json, draft);
      }
      if (json.nextToken() != null) {
        throw ChangeRejected.of("not_json", "something follows the object; send one per line");
      }
    } catch (IOException e) {
      throw ChangeRejected.of("not_json", "the body cannot be read as JSON");
    }
    return draft.finish(agent, nowMs);
  }

  private static void field(JsonParser json, ChangeDraft draft) throws IOException, ChangeRejected {
    String key = json.currentName();
    JsonToken value = json.nextToken();
    if (key.equals(ChangeField.ATTRIBUTES)) {
      attributes(json, value, draft);
      return;
    }
    ChangeField field = ChangeField.of(key).orElse(null);
    if (field == null) {
      throw ChangeRejected.unknown(key);
    }
    switch (value) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> draft.put(field, json.getText());
      case VALUE_NULL -> {} // the same as absent
      default -> throw ChangeRejected.of("bad_value", field, "is a text or a number");
    }
  }

  private static void attributes(JsonParser json, JsonToken value, ChangeDraft draft)
      throws IOException, ChangeRejected {
    if (value == JsonToken.VALUE_NULL) {
      return;
    }
    if (value != JsonToken.START_OBJECT) {
      throw ChangeRejected.attributes("attributes: is an object of texts");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      if (!json.nextToken().isScalarValue()) {
        throw ChangeRejected.attributes("attributes: values are texts, numbers, true or false");
      }
      draft.attribute(name, json.getText());
    }
  }
}
