package io.tokenwatt.storage.schema;

import io.tokenwatt.storage.narrow.QueryText;
import io.tokenwatt.storage.narrow.ViewCall;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The views for pictures written out, with only what one query wants of them. A view of a hundred
 * columns takes ClickHouse a hundred milliseconds to plan, whatever is asked of it; the columns of
 * one panel take a quarter of that. Pure; the scripts R75 and following are the only source.
 */
public final class SteppedSql {
  private static final Pattern BODY =
      Pattern.compile("(?s).*CREATE OR REPLACE VIEW \\S+ AS\\n(.*)\\nCOMMENT '.*");
  private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+):[^{}]*}");

  /** References of Grafana's: what they stand for is no name of a column. */
  private static final Pattern REFERENCE = Pattern.compile("\\$\\{[^}]*}|\\$\\w+");

  private static final Map<String, String> SCRIPTS =
      Map.of(
          "cells_stepped", "R75__cells_stepped.sql",
          "efficiency_stepped", "R76__efficiency_stepped.sql",
          "cost_stepped", "R77__cost_stepped.sql",
          "latency_stepped", "R78__latency_stepped.sql",
          "request_cells_stepped", "R85__request_cells_stepped.sql",
          "requests_stepped", "R86__requests_stepped.sql",
          "boards_stepped", "R87__boards_stepped.sql",
          "slo_stepped", "R51__slo_attainment.sql");

  private static final Set<String> CHOICES =
      Set.of("regions", "clusters", "hardwares", "models", "nodes");

  private SteppedSql() {}

  /**
   * Puts a subquery in the place of each call of such a view; what calls none comes back as it is.
   *
   * @param sql with {@code view(interval_s = …, …, by = ['…'])}; {@code by} names its dimensions as
   *     literals
   * @param database of the tables; empty = names stand without one
   * @throws IllegalArgumentException for a call that lacks a parameter
   */
  public static String narrow(String sql, String database) {
    Optional<ViewCall> first = ViewCall.first(sql, SCRIPTS.keySet());
    if (first.isEmpty()) {
      return sql;
    }
    String others = sql;
    for (Optional<ViewCall> call = first;
        call.isPresent();
        call = ViewCall.first(others, SCRIPTS.keySet())) {
      others = call.get().replace(others, "()");
    }
    Set<String> wanted = ViewCall.names(REFERENCE.matcher(others).replaceAll(""));
    String text = sql;
    for (Optional<ViewCall> call = first;
        call.isPresent();
        call = ViewCall.first(text, SCRIPTS.keySet())) {
      String query =
          QueryText.parse(body(call.get().with(SteppedSql::typed), database))
              .narrow(wanted)
              .print(4);
      text = call.get().replace(text, "( -- view %s\n%s)".formatted(call.get().view(), query));
    }
    return text;
  }

  /** A view's parameter has a type; what stands in a text must be given it. */
  private static String typed(String parameter, String value) {
    if (parameter.equals("since") || parameter.equals("until")) {
      return "toTimeZone(" + value + ", 'UTC')";
    }
    return value.equals("[]") && !parameter.equals("by") ? "['*']" : value;
  }

  /** The view's query with what the call gives; views that it calls are written out too. */
  private static String body(ViewCall call, String database) {
    Map<String, String> values = values(call, database);
    values.put("database", database);
    String script = Script.filled(SCRIPTS.get(call.view()), values);
    Matcher body =
        BODY.matcher(database.isEmpty() ? script.replaceAll("(?<=\\s)\\.(?=\\w)", "") : script);
    if (!body.matches()) {
      throw new IllegalStateException(SCRIPTS.get(call.view()) + " makes no view with a comment");
    }
    String text =
        PARAMETER
            .matcher(body.group(1))
            .replaceAll(match -> Matcher.quoteReplacement(call.argument(match.group(1))));
    Optional<ViewCall> inner = ViewCall.first(text, SCRIPTS.keySet());
    return inner.isEmpty()
        ? text
        : inner.get().replace(text, "(" + body(inner.get().with(choices(call)), database) + ")");
  }

  /**
   * What is chosen is chosen where rows are read; of cost's boards those of other models are wanted
   * too, for what is paid of them.
   */
  private static Map<String, String> choices(ViewCall call) {
    Map<String, String> choices = new HashMap<>(call.arguments());
    choices.keySet().retainAll(CHOICES);
    if (call.view().equals("cost_stepped")) {
      choices.remove("models");
    }
    return choices;
  }

  private static Map<String, String> values(ViewCall call, String database) {
    Map<String, String> values = new HashMap<>(FactColumns.values());
    values.putAll(Formulas.values());
    values.putAll(Stepped.requests());
    values.putAll(Stepped.boards());
    values.putAll(SloView.stepped(database).values());
    values.putAll(Stepped.narrow(call.by(), call.arguments().keySet()));
    return values;
  }
}
