package io.tokenwatt.collectors.exposition;

import java.util.regex.Pattern;

/** The two formats written down once more, as regular expressions. */
final class SlowGrammar {

  static final String QUOTED = "\"(?:[^\"\\\\]|\\\\.)*+\"";
  static final String METRIC = "[a-zA-Z_:][a-zA-Z0-9_:]*+";
  static final String LABEL = "[a-zA-Z_][a-zA-Z0-9_]*+";
  static final String NUMBER =
      "[+-]?(?:(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?|(?i:inf|infinity|nan))";

  private static final String BLANKS = "[ \\t]*+";
  private static final String LABEL_NAME = "(?:" + LABEL + "|" + QUOTED + ")";
  private static final String PAIR = LABEL_NAME + BLANKS + "=" + BLANKS + QUOTED;

  /** One pair, its name and value in groups. */
  static final Pattern ITEM =
      Pattern.compile(
          "(" + LABEL_NAME + ")(?:" + BLANKS + "=" + BLANKS + "(" + QUOTED + "))?", Pattern.DOTALL);

  static final SlowGrammar PROMETHEUS_TEXT = new SlowGrammar(false);
  static final SlowGrammar OPENMETRICS = new SlowGrammar(true);

  /** A line with a value. */
  final Pattern sample;

  /** A line that has to be metadata, whether well-formed or not. */
  final Pattern metadataStart;

  /** A well-formed line of metadata. */
  final Pattern metadata;

  private SlowGrammar(boolean strict) {
    String gap = strict ? " " : "[ \\t]++";
    String free = strict ? "" : BLANKS;
    String lastComma = strict ? "" : "(?:," + BLANKS + ")?";
    String more = "(?:" + BLANKS + "," + BLANKS + PAIR + ")*";
    String close = BLANKS + lastComma + "\\}";
    String braces = "\\{" + BLANKS + "(?:(?:" + PAIR + "|" + QUOTED + ")" + more + ")?" + close;
    String exemplarBraces = "\\{" + BLANKS + "(?:" + PAIR + more + ")?" + close;
    String afterBraces = strict ? " " : BLANKS;
    String timestamp = strict ? NUMBER : "[+-]?[0-9]+";
    String text =
        free
            + String.format("(?:(?<bare>%s)%s", METRIC, gap)
            + String.format("|(?<name>%s)?%s(?<braces>%s)%s)", METRIC, free, braces, afterBraces)
            + String.format("(?<value>%s)(?:%s(?<time>%s))?", NUMBER, gap, timestamp)
            + String.format("(?:%s#%s(?<exemplar>%s)", gap, strict ? " " : BLANKS, exemplarBraces)
            + String.format("%s%s(?:%s(?<exemplartime>%s))?)?", gap, NUMBER, gap, NUMBER)
            + free;
    sample = Pattern.compile(text, Pattern.DOTALL);
    String words = strict ? "(?<kind>HELP|TYPE|UNIT)" : "(?<kind>HELP|TYPE)";
    String start = free + "#" + gap + words + gap;
    metadataStart = Pattern.compile(strict ? "#.*" : start + "[^ \\t].*", Pattern.DOTALL);
    String rest = strict ? " (?<rest>.*)" : "(?:[ \\t]++(?<rest>.*))?";
    metadata =
        Pattern.compile(start + "(?<family>" + METRIC + "|" + QUOTED + ")" + rest, Pattern.DOTALL);
  }
}
