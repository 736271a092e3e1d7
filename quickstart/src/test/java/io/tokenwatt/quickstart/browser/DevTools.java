package io.tokenwatt.quickstart.browser;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The DevTools protocol: a command and its answer, both JSON, matched by a number. Events are not
 * read. One call at a time.
 */
final class DevTools implements AutoCloseable {
  private static final int PATIENCE_S = 60;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Answers answers = new Answers();
  private WebSocket socket;
  private int last;

  private DevTools() {}

  static DevTools connect(URI address) {
    DevTools tools = new DevTools();
    tools.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, tools.answers).join();
    return tools;
  }

  /**
   * @throws IllegalStateException if the browser says that it went wrong, or says nothing
   */
  JsonNode call(String method, ObjectNode parameters) {
    int id = ++last;
    CompletableFuture<JsonNode> answer = answers.of(id);
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", parameters);
    socket.sendText(command.toString(), true).join();
    JsonNode told = answer.orTimeout(PATIENCE_S, TimeUnit.SECONDS).join();
    if (told.has("error")) {
      throw new IllegalStateException(method + ": " + told.get("error"));
    }
    return told.path("result");
  }

  @Override
  public void close() {
    socket.abort();
  }

  private static final class Answers implements WebSocket.Listener {
    private final Map<Integer, CompletableFuture<JsonNode>> open = new ConcurrentHashMap<>();
    private final StringBuilder text = new StringBuilder();

    CompletableFuture<JsonNode> of(int id) {
      return open.computeIfAbsent(id, any -> new CompletableFuture<>());
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean complete) {
      text.append(data);
      if (complete) {
        try {
          JsonNode message = JSON.readTree(text.toString());
          if (message.has("id")) {
            of(message.get("id").intValue()).complete(message);
          }
        } catch (JsonProcessingException e) {
          throw new IllegalStateException("not JSON from the browser: " + text, e);
        } finally {
          text.setLength(0);
        }
      }
      from.request(1);
      return null;
    }
  }
}
