package io.tokenwatt.quickstart.documents;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A {@code ./tokenwatt …} of a document: what is typed behind it.
 *
 * @param where for messages
 * @param mention stands in a sentence and may leave out what everybody has to fill in
 */
record ToldCommand(String where, List<String> words, boolean mention) {
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final Pattern CALL = Pattern.compile("(?m)\\./tokenwatt +(.*)$");
  // What the shell takes: comments, redirections, pipes, the end of a list or of a subshell.
  private static final Pattern END =
      Pattern.compile("(\\s+#.*|\\s*[;<>].*|\\s+\\|.*|\\s*&&.*|\\)\\s*$|\\s+…\\s*$)");

  /** Those of fenced lines and of code spans; {@code a|b|c} stands for three commands. */
  static List<ToldCommand> of(Document document) {
    Stream<String> fenced = document.fenced().stream().map(block -> block.replace("\\\n", " "));
    Stream<String> spans =
        CODE.matcher(document.prose()).results().map(span -> span.group(1).replace('\n', ' '));
    return Stream.concat(
            fenced.flatMap(text -> in(document, text, false)),
            spans.flatMap(text -> in(document, text, true)))
        .toList();
  }

  private static Stream<ToldCommand> in(Document document, String text, boolean mention) {
    return CALL.matcher(text)
        .results()
        .map(MatchResult::group)
        .flatMap(call -> alternatives(call).stream())
        .map(w -> new ToldCommand(document.name() + ": ./tokenwatt " + w, w, mention));
  }

  private static List<List<String>> alternatives(String call) {
    String typed = END.matcher(call.substring("./tokenwatt".length())).replaceFirst("");
    List<List<String>> all = new ArrayList<>(List.of(List.of()));
    for (String word : typed.strip().split("\\s+(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
      List<List<String>> longer = new ArrayList<>();
      String plain = word.replaceAll("[\"']", "").replaceAll("(?<=.)…$", "");
      for (List<String> before : all) {
        Arrays.stream(plain.split("\\|"))
            .forEach(each -> longer.add(Stream.concat(before.stream(), Stream.of(each)).toList()));
      }
      all = longer;
    }
    return all;
  }
}
