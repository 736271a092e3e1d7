package io.tokenwatt.alerts.receiver;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/** An event of PagerDuty's Events API v2 as text for a terminal. Pure; ends with a line break. */
final class PageText {
  private static final int WIDTH = 100;

  private PageText() {}

  static String of(JsonNode event) {
    StringBuilder text = new StringBuilder();
    String action = event.path("event_action").asText();
    text.append("─── ").append(action).append(' ').append("─".repeat(60)).append('\n');
    if (action.equals("trigger")) {
      JsonNode payload = event.path("payload");
      text.append(payload.path("summary").asText()).append('\n');
      line(text, "severity", payload.path("severity").asText());
      line(text, "source", payload.path("source").asText());
      for (Map.Entry<String, JsonNode> detail : payload.path("custom_details").properties()) {
        line(text, detail.getKey(), detail.getValue().asText());
      }
      event
          .path("links")
          .forEach(link -> line(text, link.path("text").asText(), link.path("href").asText()));
    }
    line(text, "dedup key", event.path("dedup_key").asText());
    return text.append("─".repeat(76)).append('\n').toString();
  }

  private static void line(StringBuilder text, String name, String value) {
    String shown = value.contains("://") ? value : wrapped(value.strip());
    text.append("  %-16s %s%n".formatted(name.replace('_', ' '), shown));
  }

  private static String wrapped(String value) {
    StringBuilder out = new StringBuilder();
    int column = 0;
    for (String word : value.split("(?<=\\s)")) {
      if (column + word.length() > WIDTH) {
        out.append("\n").append(" ".repeat(19));
        column = 0;
      }
      boolean breaks = word.contains("\n");
      out.append(word.replace("\n", "\n" + " ".repeat(19)));
      column = breaks ? 0 : column + word.length();
    }
    return out.toString().stripTrailing();
  }
}
