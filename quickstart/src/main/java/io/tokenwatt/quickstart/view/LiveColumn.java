package io.tokenwatt.quickstart.view;

import java.util.function.Function;

/** The columns of the table and their widths in characters; together at most 120. */
enum LiveColumn {
  REGION("region", 12, false, LiveRow::region),
  HARDWARE("hardware", 16, false, LiveRow::hardware),
  MODEL("model", 24, false, LiveRow::model),
  TOKENS_PER_JOULE("tok/J", 7, true, LiveColumn::tokensPerJoule),
  JOULES_PER_REQUEST("J/req", 7, true, row -> Numbers.significant(row.joulesPerRequest())),
  USD("$/Mtok EX", 9, true, row -> Numbers.dollars(row.usdPerMtok())),
  TTFT("P95 TTFT", 8, true, row -> Numbers.seconds(row.p95TtftS(), row.p95TtftFloorS())),
  TOKENS("tok/s", 6, true, LiveColumn::tokensPerS),
  WATTS("watts", 6, true, row -> Numbers.whole(row.watts())),
  COVERAGE("seen", 5, true, row -> Numbers.percent(row.coverage()));

  /** Behind numbers of prompt tokens. */
  static final String PROMPT = "p";

  private final String title;
  private final int width;
  private final boolean right;
  private final Function<LiveRow, String> text;

  LiveColumn(String title, int width, boolean right, Function<LiveRow, String> text) {
    this.title = title;
    this.width = width;
    this.right = right;
    this.text = text;
  }

  /** Prompt tokens, where nothing else is made, are marked. */
  private static String tokensPerJoule(LiveRow row) {
    return row.promptOnly() && row.promptTokensPerJoule() != null
        ? Numbers.significant(row.promptTokensPerJoule()) + PROMPT
        : Numbers.significant(row.tokensPerJoule());
  }

  private static String tokensPerS(LiveRow row) {
    return row.promptOnly() && row.promptTokensPerS() != null
        ? Numbers.whole(row.promptTokensPerS()) + PROMPT
        : Numbers.whole(row.outputTokensPerS());
  }

  String header() {
    return fit(title);
  }

  String cell(LiveRow row) {
    return fit(text.apply(row));
  }

  private String fit(String value) {
    // A value that does not fit loses its end; a cut number would be another number.
    String shown =
        value.length() <= width ? value : right ? "#" : value.substring(0, width - 1) + "…";
    String blanks = " ".repeat(width - shown.length());
    return right ? blanks + shown : shown + blanks;
  }
}
