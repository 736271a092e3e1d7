package io.tokenwatt.dashboards.expand;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Grafana's replacement of {@code $name}, {@code ${name}}, {@code ${name:format}} and {@code
 * [[name]]}, and the data source's {@code $__conditionalAll}, which its front end expands before
 * (CHDatasource.ts, {@code applyConditionalAll}). Names that are no variable stay as they are.
 */
public record Variables(Map<String, Choice> choices) {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$(\\w+)|\\[\\[(\\w+?)(?::(\\w+))?]]|\\$\\{(\\w+)(?:\\.[^:^}]+)?(?::([^}]+))?}");

  private static final String CONDITIONAL = "$__conditionalAll(";
  private static final Pattern BARE = Pattern.compile("\\$\\{?(\\w+)}?");

  /**
   * @throws IllegalArgumentException for a format that is not known, or a wrong conditionalAll
   */
  public String replace(String text) {
    Matcher matcher = REFERENCE.matcher(conditionals(text));
    StringBuilder out = new StringBuilder();
    while (matcher.find()) {
      String name = first(matcher, 1, 2, 4);
      Choice choice = choices.get(name);
      String format = first(matcher, 3, 5);
      matcher.appendReplacement(
          out,
          Matcher.quoteReplacement(
              choice == null ? matcher.group() : Format.of(format).write(name, choice)));
    }
    return matcher.appendTail(out).toString();
  }

  /** Names of what a text refers to, whether they are variables or not; macros included. */
  public static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    Matcher matcher = REFERENCE.matcher(text);
    while (matcher.find()) {
      names.add(first(matcher, 1, 2, 4));
    }
    return names;
  }

  private String conditionals(String text) {
    String sql = text;
    for (int at = sql.lastIndexOf(CONDITIONAL); at >= 0; at = sql.lastIndexOf(CONDITIONAL)) {
      Call call = Call.at(sql, at + CONDITIONAL.length() - 1);
      Matcher variable = BARE.matcher(call.arguments().get(call.arguments().size() - 1).strip());
      if (call.arguments().size() != 2 || !variable.matches()) {
        throw new IllegalArgumentException(
            "$__conditionalAll takes a condition and a bare variable, not "
                + sql.substring(at, call.end()));
      }
      Choice choice = choices.get(variable.group(1));
      boolean all = choice == null || choice.isAll();
      sql =
          sql.substring(0, at)
              + (all ? "1=1" : call.arguments().get(0))
              + sql.substring(call.end());
    }
    return sql;
  }

  private static String first(Matcher matcher, int... groups) {
    for (int group : groups) {
      if (matcher.group(group) != null) {
        return matcher.group(group);
      }
    }
    return "";
  }
}
