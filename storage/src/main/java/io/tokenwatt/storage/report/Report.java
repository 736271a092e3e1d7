package io.tokenwatt.storage.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A question and the query that answers it. Immutable.
 *
 * <p>All queries run in the store's database and may use the parameters {@code
 * {since:DateTime('UTC')}} (inclusive) and {@code {until:DateTime('UTC')}} (exclusive), whole hours
 * both, and those of {@code parameters}. Times are answered as text.
 *
 * @param name as typed: lower case, words joined by hyphens
 * @param question in plain words
 * @param columns shown, in this order; the query may answer more
 * @param reasons words that explain NULLs, each with its explanation for people
 * @param noteQueries each answers rows with a text column {@code note}: what has to be known beside
 *     the numbers and depends on the data. Empty notes are left out
 * @param remarks what holds whatever the data are
 */
public record Report(
    String name,
    String question,
    String sql,
    List<ReportColumn> columns,
    Map<String, String> reasons,
    List<String> noteQueries,
    List<String> remarks,
    List<Parameter> parameters) {

  public Report {
    if (!name.matches("[a-z]+(-[a-z]+)*")) {
      throw new IllegalArgumentException("a report's name is lower case words, not " + name);
    }
    columns = List.copyOf(columns);
    reasons = Map.copyOf(reasons);
    noteQueries = List.copyOf(noteQueries);
    remarks = List.copyOf(remarks);
    parameters = List.copyOf(parameters);
  }

  public static Report of(String name, String question, String sql, List<ReportColumn> columns) {
    return new Report(name, question, sql, columns, Map.of(), List.of(), List.of(), List.of());
  }

  /** With what a word in a reason column means. */
  public Report explaining(String word, String meaning) {
    Map<String, String> all = new HashMap<>(reasons);
    all.put(word, meaning);
    return new Report(name, question, sql, columns, all, noteQueries, remarks, parameters);
  }

  /** With one more query for notes. */
  public Report noting(String query) {
    return new Report(
        name, question, sql, columns, reasons, plus(noteQueries, query), remarks, parameters);
  }

  /** With one more remark. */
  public Report remarking(String remark) {
    return new Report(
        name, question, sql, columns, reasons, noteQueries, plus(remarks, remark), parameters);
  }

  /** With one more parameter. */
  public Report with(Parameter parameter) {
    return new Report(
        name, question, sql, columns, reasons, noteQueries, remarks, plus(parameters, parameter));
  }

  /** Names and standard values of the parameters. */
  Map<String, String> defaults() {
    return parameters.stream().collect(Collectors.toMap(Parameter::name, Parameter::value));
  }

  private static <T> List<T> plus(List<T> list, T more) {
    List<T> all = new ArrayList<>(list);
    all.add(more);
    return all;
  }
}
