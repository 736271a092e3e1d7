package io.tokenwatt.storage;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How a view is asked: with a value for each parameter that its statement names. */
final class ViewCall {
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+):");

  private ViewCall() {}

  /**
   * @param statement the view's CREATE statement
   * @param since in UTC, as text
   */
  static String of(String view, String statement, String since, String until) {
    Map<String, String> values = new TreeMap<>();
    Matcher parameter = PARAMETER.matcher(statement);
    while (parameter.find()) {
      String name = parameter.group(1);
      values.put(
          name,
          switch (name) {
            case "since" -> "'" + since + "'";
            case "until" -> "'" + until + "'";
            case "window_s" -> "3600";
            case "by" -> "['workload', 'owner']";
            case "regions", "clusters", "hardwares", "models" -> "['*']";
            default -> "1";
          });
    }
    String arguments =
        values.entrySet().stream()
            .map(e -> e.getKey() + " = " + e.getValue())
            .collect(Collectors.joining(", "));
    return "tokenwatt." + view + (values.isEmpty() ? "" : "(" + arguments + ")");
  }
}
