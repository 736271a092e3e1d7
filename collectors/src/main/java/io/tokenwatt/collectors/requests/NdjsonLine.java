package io.tokenwatt.collectors.requests;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.util.Optional;

/** Reads one line: a JSON object, of which fields that are not ours are skipped unread. */
final class NdjsonLine {
  static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
          .build();

  private NdjsonLine() {}

  static EventDraft parse(byte[] bytes, int from, int length) throws EventRejected {
    EventDraft draft = new EventDraft();
    // What the parser says of an error quotes the line, so nothing of it is passed on.
    try (JsonParser json = JSON.createParser(bytes, from, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new EventRejected("not_an_object", "");
      }
      object(json, draft, false);
      if (json.nextToken() != null) {
        throw new EventRejected("not_json", "");
      }
    } catch (IOException e) {
      throw new EventRejected("not_json", "");
    }
    return draft;
  }

  private static void object(JsonParser json, EventDraft draft, boolean servedBy)
      throws IOException, EventRejected {
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      Optional<EventField> field = EventField.of(key).filter(f -> !servedBy || f.servedBy());
      JsonToken value = json.nextToken();
      if (!servedBy && key.equals("served_by") && value == JsonToken.START_OBJECT) {
        object(json, draft, true);
      } else if (field.isPresent()) {
        take(json, value, field.get(), draft);
      } else {
        json.skipChildren();
      }
    }
  }

  private static void take(JsonParser json, JsonToken value, EventField field, EventDraft draft)
      throws IOException, EventRejected {
    switch (value) {
      case VALUE_STRING -> draft.text(field, json.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> draft.number(field, json.getDoubleValue());
      case VALUE_NULL -> {} // the same as absent
      default -> throw new EventRejected("bad_value", field.key());
    }
  }
}
