package io.tokenwatt.dashboards.expand;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How Grafana writes the values of a variable ({@code ${name:format}}), of the formats that are of
 * use in SQL and links.
 */
enum Format {
  /** The data source's own, if none is named: {@code 'a','b'} for several, bare for one. */
  DEFAULT("", (name, values) -> values.size() == 1 ? values.get(0) : quoted(values, v -> v)),
  SINGLEQUOTE("singlequote", (name, values) -> quoted(values, v -> v.replace("'", "\\'"))),
  SQLSTRING("sqlstring", (name, values) -> quoted(values, v -> v.replace("'", "''"))),
  CSV("csv", (name, values) -> String.join(",", values)),
  PIPE("pipe", (name, values) -> String.join("|", values)),
  RAW("raw", (name, values) -> String.join(",", values)),
  QUERYPARAM(
      "queryparam",
      (name, values) ->
          values.stream()
              .map(v -> "var-" + name + "=" + URLEncoder.encode(v, StandardCharsets.UTF_8))
              .collect(Collectors.joining("&")));

  private interface Writer {
    String write(String name, List<String> values);
  }

  private final String id;
  private final Writer writer;

  Format(String id, Writer writer) {
    this.id = id;
    this.writer = writer;
  }

  static Format of(String id) {
    return Arrays.stream(values())
        .filter(format -> format.id.equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "variable format '%s' is none of %s"
                        .formatted(id, Arrays.stream(values()).map(format -> format.id).toList())));
  }

  /** All is written as {@link Choice#allValue()}, whatever the format, except in addresses. */
  String write(String name, Choice choice) {
    if (this == QUERYPARAM && choice.isAll()) {
      return "var-" + name + "=$__all";
    }
    if (choice.isAll() && !choice.allValue().isEmpty()) {
      return choice.allValue();
    }
    return writer.write(name, choice.effective());
  }

  private static String quoted(List<String> values, Function<String, String> escape) {
    return values.stream().map(v -> "'" + escape.apply(v) + "'").collect(Collectors.joining(","));
  }
}
