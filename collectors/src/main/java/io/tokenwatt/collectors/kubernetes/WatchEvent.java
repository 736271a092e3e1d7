package io.tokenwatt.collectors.kubernetes;

import com.fasterxml.jackson.core.JsonParser;
import io.tokenwatt.collectors.ownership.Pod;
import java.io.IOException;

/**
 * One event of a watch.
 *
 * @param type ADDED, MODIFIED, DELETED, BOOKMARK or ERROR
 * @param pod of a bookmark and an error without content
 * @param version the watch may go on from here; "" = not told
 * @param code of an error, as in HTTP; else 0
 */
record WatchEvent(String type, Pod pod, String version, int code, String message) {

  /** Stands on the event's first token, behind it on its last. */
  static WatchEvent read(JsonParser json) throws IOException {
    Reader reader = new Reader(json);
    JsonWalk.object(json, reader::field);
    return reader.event();
  }

  // The API server writes the type first; an object of another order would be read as a pod.
  private static final class Reader {
    private final JsonParser json;
    private String type = "";
    private PodReader.Read object;
    private int code;
    private String message = "";

    Reader(JsonParser json) {
      this.json = json;
    }

    void field(String field) throws IOException {
      switch (field) {
        case "type" -> type = JsonWalk.text(json);
        case "object" -> {
          if (type.equals("ERROR")) {
            JsonWalk.object(json, this::status);
          } else {
            object = PodReader.read(json);
          }
        }
        default -> json.skipChildren();
      }
    }

    private void status(String field) throws IOException {
      switch (field) {
        case "code" -> code = json.getIntValue();
        case "message" -> message = JsonWalk.text(json);
        default -> json.skipChildren();
      }
    }

    WatchEvent event() throws IOException {
      if (type.equals("ERROR")) {
        return new WatchEvent(type, null, "", code, message);
      }
      if (type.isEmpty() || object == null) {
        throw new IOException("a watch event without type or object");
      }
      return new WatchEvent(type, object.pod(), object.version(), 0, "");
    }
  }
}
