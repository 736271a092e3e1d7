package io.tokenwatt.quickstart.view;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A row as one line of JSON, with the names of the view's columns. Pure. */
final class JsonLine {
  private final StringBuilder out = new StringBuilder("{");

  private JsonLine() {}

  static String of(LiveRow row) {
    JsonLine line = new JsonLine();
    line.text("window_end", Instant.ofEpochSecond(row.windowEndS()).toString());
    line.text("region", row.region());
    line.text("hardware", row.hardware());
    line.text("model", row.model());
    line.number("output_tokens_per_joule", row.tokensPerJoule());
    line.number("computed_prompt_tokens_per_joule", row.promptTokensPerJoule());
    line.number("joules_per_request", row.joulesPerRequest());
    line.number("usd_per_mtok_output_active", row.usdPerMtok());
    line.raw("example_prices", "true");
    line.number("p95_ttft_engine_s", row.p95TtftS());
    line.number("p95_ttft_engine_s_lo_saturated", row.p95TtftFloorS());
    line.number("output_tokens_per_s", row.outputTokensPerS());
    line.number("prompt_tokens_per_s", row.promptTokensPerS());
    line.number("watts", row.watts());
    line.number("coverage", row.coverage());
    line.texts("reasons", Notes.reasons(row));
    return line.out.append('}').toString();
  }

  private void raw(String key, String value) {
    out.append(out.length() > 1 ? "," : "").append(quoted(key)).append(':').append(value);
  }

  private void text(String key, String value) {
    raw(key, quoted(value));
  }

  private void number(String key, Double value) {
    raw(key, value == null || !Double.isFinite(value) ? "null" : value.toString());
  }

  private void texts(String key, List<String> values) {
    raw(key, values.stream().map(JsonLine::quoted).collect(Collectors.joining(",", "[", "]")));
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < 0x20) {
        json.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        json.append(c);
      }
    }
    return json.append('"').toString();
  }
}
