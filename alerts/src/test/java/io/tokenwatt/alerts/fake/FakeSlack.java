package io.tokenwatt.alerts.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.tokenwatt.alerts.run.ReceiverConfig;
import io.tokenwatt.config.Secret;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Slack incoming webhook as documented: "ok" or a word that says why not, one message a second,
 * Block Kit's limits.
 */
public final class FakeSlack extends FakeReceiver {
  public static final String PATH = "/services/T000/B000/slacksecretslacksecret";

  private final List<JsonNode> messages = new ArrayList<>();
  private long lastMs;
  private boolean archived;

  public ReceiverConfig config() {
    return ReceiverConfig.slack("slack", new Secret(base() + PATH));
  }

  public synchronized void archive(boolean now) {
    archived = now;
  }

  public synchronized List<JsonNode> messages() {
    return List.copyOf(messages);
  }

  /** As if a second had passed. */
  public synchronized void forgetPace() {
    lastMs = 0;
  }

  /** How often each id was shown. */
  public Map<String, Integer> ids() {
    Map<String, Integer> ids = new TreeMap<>();
    for (JsonNode message : messages()) {
      JsonNode blocks = message.path("blocks");
      String footer = blocks.path(blocks.size() - 1).path("elements").path(0).path("text").asText();
      ids.merge(footer.replaceAll("(?s).*id ", ""), 1, Integer::sum);
    }
    return ids;
  }

  @Override
  Answer take(HttpExchange exchange, byte[] body, long nowMs) {
    if (!exchange.getRequestURI().getPath().equals(PATH)) {
      return new Answer(404, "no_service");
    }
    if (archived) {
      return new Answer(410, "channel_is_archived");
    }
    if (nowMs - lastMs < 900) { // A second, as far as clocks and sockets tell.
      return new Answer(429, "rate_limited", 1);
    }
    JsonNode message;
    try {
      message = json(exchange, body);
    } catch (IOException e) {
      return new Answer(400, "invalid_payload");
    }
    if (message.path("text").asText().isBlank()) {
      return new Answer(400, "no_text");
    }
    if (!valid(message.path("blocks"))) {
      return new Answer(400, "invalid_blocks");
    }
    lastMs = nowMs;
    messages.add(message);
    return new Answer(200, "ok");
  }

  private static boolean valid(JsonNode blocks) {
    if (!blocks.isArray() || blocks.size() > 50) {
      return false;
    }
    for (JsonNode block : blocks) {
      boolean good =
          switch (block.path("type").asText()) {
            case "header" -> text(block.path("text"), "plain_text", 150);
            case "section" -> text(block.path("text"), "mrkdwn", 3000);
            case "context" ->
                block.path("elements").size() >= 1
                    && block.path("elements").size() <= 10
                    && text(block.path("elements").path(0), "mrkdwn", 3000);
            default -> false;
          };
      if (!good) {
        return false;
      }
    }
    return true;
  }

  private static boolean text(JsonNode text, String type, int longest) {
    String content = text.path("text").asText();
    boolean escaped = !type.equals("mrkdwn") || !content.matches("(?s).*&(?!amp;|lt;|gt;).*");
    return text.path("type").asText().equals(type)
        && !content.isEmpty()
        && content.length() <= longest
        && escaped;
  }
}
