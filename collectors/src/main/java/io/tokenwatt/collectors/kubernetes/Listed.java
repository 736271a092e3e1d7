package io.tokenwatt.collectors.kubernetes;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import io.tokenwatt.collectors.ownership.Pod;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.ResponseBody;

/**
 * A PodList of the API.
 *
 * @param version of the list, from which a watch goes on; "" = it was no list
 */
record Listed(String version, List<Pod> pods) {

  /** Reads the body and closes it. */
  static Listed read(JsonFactory factory, ResponseBody from) throws IOException {
    List<Pod> pods = new ArrayList<>();
    String[] told = {""};
    try (ResponseBody body = from;
        JsonParser json = factory.createParser(body.byteStream())) {
      json.nextToken();
      JsonWalk.object(
          json,
          field -> {
            switch (field) {
              case "metadata" -> told[0] = JsonWalk.texts(json).getOrDefault("resourceVersion", "");
              case "items" -> JsonWalk.array(json, () -> pods.add(PodReader.read(json).pod()));
              default -> json.skipChildren();
            }
          });
    }
    return new Listed(told[0], List.copyOf(pods));
  }
}
