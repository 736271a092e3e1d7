package io.tokenwatt.storage.narrow;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of a parameterized view: {@code view(name = value, …)}.
 *
 * @param arguments values as they are written, by name
 * @param begin where the call begins in the text
 * @param end where it has ended
 */
public record ViewCall(String view, Map<String, String> arguments, int begin, int end) {
  private static final Pattern CALL = Pattern.compile("\\b(?:\\w+\\.)?(\\w+)\\(");
  private static final Pattern TEXT = Pattern.compile("'([^']*)'");

  /** The first call of one of these views. */
  public static Optional<ViewCall> first(String sql, Set<String> views) {
    Matcher matcher = CALL.matcher(sql);
    while (matcher.find()) {
      if (views.contains(matcher.group(1))) {
        int close = SqlScan.closing(sql, matcher.end() - 1);
        return Optional.of(
            new ViewCall(
                matcher.group(1),
                arguments(sql.substring(matcher.end(), close)),
                matcher.start(),
                close + 1));
      }
    }
    return Optional.empty();
  }

  /** Names outside quotes, for {@link QueryText#narrow}. */
  public static Set<String> names(String sql) {
    return SqlScan.names(sql);
  }

  /**
   * @throws IllegalArgumentException if the call does not give it
   */
  public String argument(String name) {
    String value = arguments.get(name);
    if (value == null) {
      throw new IllegalArgumentException("%s(…) is called without %s".formatted(view, name));
    }
    return value;
  }

  /** The same call with other values, each a function of its name and value. */
  public ViewCall with(BinaryOperator<String> values) {
    Map<String, String> others = new TreeMap<>(arguments);
    others.replaceAll(values);
    return new ViewCall(view, others, begin, end);
  }

  /** The same call with more arguments. */
  public ViewCall with(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(arguments);
    all.putAll(more);
    return new ViewCall(view, all, begin, end);
  }

  /** Dimensions that make groups. */
  public List<String> by() {
    return TEXT.matcher(arguments.getOrDefault("by", ""))
        .results()
        .map(match -> match.group(1))
        .toList();
  }

  /** The text with something else in the place of the call. */
  public String replace(String sql, String other) {
    return sql.substring(0, begin) + other + sql.substring(end);
  }

  private static Map<String, String> arguments(String text) {
    Map<String, String> arguments = new TreeMap<>();
    for (String argument : SqlScan.items(text)) {
      int equals = argument.indexOf('=');
      arguments.put(argument.substring(0, equals).strip(), argument.substring(equals + 1).strip());
    }
    return arguments;
  }
}
