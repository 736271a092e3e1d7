package io.tokenwatt.alerts;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** One value per line for programs. Pure. */
final class JsonLine {
  private JsonLine() {}

  static String of(Finding finding) {
    Rule rule = finding.rule();
    return ("{\"rule\":%s,\"severity\":%s,\"labels\":%s,\"details\":%s,"
            + "\"value\":%s,\"threshold\":%s,\"dedup_key\":%s,\"summary\":%s}")
        .formatted(
            quoted(rule.name()),
            quoted(rule.severity().label()),
            object(finding.labels()),
            object(finding.details()),
            Double.toString(finding.value()),
            threshold(rule.threshold()),
            quoted(finding.dedupKey()),
            quoted(rule.summary()));
  }

  static String of(Rule rule) {
    return ("{\"rule\":%s,\"severity\":%s,\"threshold\":%s,\"unit\":%s,\"over_s\":%d,"
            + "\"for_s\":%d,\"keep_firing_for_s\":%d,\"every_s\":%d,\"summary\":%s}")
        .formatted(
            quoted(rule.name()),
            quoted(rule.severity().label()),
            threshold(rule.threshold()),
            quoted(rule.unit()),
            rule.timing().over().toSeconds(),
            rule.timing().pending().toSeconds(),
            rule.timing().keepFiring().toSeconds(),
            rule.timing().every().toSeconds(),
            quoted(rule.summary()));
  }

  private static String threshold(Threshold threshold) {
    String side = threshold.side().name().toLowerCase(Locale.ROOT);
    return "{\"%s\":%s}".formatted(side, Double.toString(threshold.bound()));
  }

  private static String object(Map<String, String> texts) {
    return texts.entrySet().stream()
        .map(e -> quoted(e.getKey()) + ":" + quoted(e.getValue()))
        .collect(Collectors.joining(",", "{", "}"));
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
