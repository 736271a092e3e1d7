package io.tokenwatt.dashboards.expand;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Macros of grafana-clickhouse-datasource 4.20.0 (pkg/macros/macros.go), word for word.
 *
 * @param from start of the time range
 * @param to end of it
 * @param intervalMs of the panel, as Grafana computes it
 */
public record Macros(Instant from, Instant to, long intervalMs) {
  private static final Pattern NAME = Pattern.compile("\\$__(\\w+)");

  /** Arguments → text; the number of arguments is checked before. */
  private interface Body {
    String of(Macros m, List<String> arguments);
  }

  private record Macro(int arguments, Body body) {}

  private static final Map<String, Macro> ALL = new TreeMap<>();

  static {
    put("fromTime", 0, (m, a) -> seconds(m.from));
    put("toTime", 0, (m, a) -> seconds(m.to));
    put("fromTime_ms", 0, (m, a) -> millis(m.from));
    put("toTime_ms", 0, (m, a) -> millis(m.to));
    put("timeFilter", 1, (m, a) -> between(a.get(0), seconds(m.from), seconds(m.to)));
    put("timeFilter_ms", 1, (m, a) -> between(a.get(0), millis(m.from), millis(m.to)));
    put("dateFilter", 1, (m, a) -> between(a.get(0), date(m.from), date(m.to)));
    put("dateTimeFilter", 2, Macros::dateAndTime);
    put("dt", 2, Macros::dateAndTime);
    put(
        "timeInterval",
        1,
        (m, a) ->
            "toStartOfInterval(toDateTime(%s), INTERVAL %d second)"
                .formatted(a.get(0), m.seconds()));
    put(
        "timeInterval_ms",
        1,
        (m, a) ->
            "toStartOfInterval(toDateTime64(%s, 3), INTERVAL %d millisecond)"
                .formatted(a.get(0), Math.max(m.intervalMs, 1)));
    put("interval_s", 0, (m, a) -> Long.toString(m.seconds()));
  }

  /** Names without {@code $__}. {@code conditionalAll} is the front end's: {@link Variables}. */
  public static Set<String> names() {
    return ALL.keySet();
  }

  /**
   * @throws IllegalArgumentException for a macro that the data source does not know (it would leave
   *     it, and ClickHouse would fail) and for a wrong number of arguments
   */
  public String expand(String sql) {
    String text = sql;
    Matcher matcher = NAME.matcher(text);
    while (matcher.find()) {
      Macro macro = ALL.get(matcher.group(1));
      if (macro == null) {
        throw new IllegalArgumentException(
            "macro %s is not one of data source 4.20.0: %s".formatted(matcher.group(), names()));
      }
      boolean called = matcher.end() < text.length() && text.charAt(matcher.end()) == '(';
      Call call = called ? Call.at(text, matcher.end()) : new Call(List.of(), matcher.end());
      List<String> arguments =
          call.arguments().stream().map(String::strip).filter(a -> !a.isEmpty()).toList();
      if (arguments.size() != macro.arguments()) {
        throw new IllegalArgumentException(
            "%s: expected %d arguments, received %d"
                .formatted(matcher.group(), macro.arguments(), arguments.size()));
      }
      text =
          text.substring(0, matcher.start())
              + macro.body().of(this, arguments)
              + text.substring(call.end());
      matcher = NAME.matcher(text);
    }
    return text;
  }

  private long seconds() {
    return Math.max(intervalMs / 1000, 1);
  }

  private static String dateAndTime(Macros m, List<String> a) {
    return "(%s) AND (%s)"
        .formatted(
            between(a.get(0), date(m.from), date(m.to)),
            between(a.get(1), seconds(m.from), seconds(m.to)));
  }

  private static String between(String column, String from, String to) {
    return "%1$s >= %2$s AND %1$s <= %3$s".formatted(column, from, to);
  }

  private static String seconds(Instant time) {
    return "toDateTime(" + time.getEpochSecond() + ")";
  }

  private static String millis(Instant time) {
    return "fromUnixTimestamp64Milli(" + time.toEpochMilli() + ")";
  }

  private static String date(Instant time) {
    return "toDate('" + time.atOffset(ZoneOffset.UTC).toLocalDate() + "')";
  }

  private static void put(String name, int arguments, Body body) {
    ALL.put(name, new Macro(arguments, body));
  }
}
