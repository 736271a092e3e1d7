package io.tokenwatt.dashboards.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.tokenwatt.dashboards.source.BarGauge;
import io.tokenwatt.dashboards.source.Column;
import io.tokenwatt.dashboards.source.Panel;
import io.tokenwatt.dashboards.source.Stat;
import io.tokenwatt.dashboards.source.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether Grafana can draw an answer: what is wrong with it, nothing if all is well. Pure. */
public final class Shapes {
  /** More lines in one chart cannot be told apart. */
  private static final int MOST_SERIES = 60;

  private Shapes() {}

  public static List<String> problems(Question question, Answer answer) {
    return switch (question.kind()) {
      case SERIES -> series(answer);
      case ROWS -> rows(question.panel().orElseThrow(), answer);
      case VARIABLE -> variable(answer);
      case ANNOTATION -> annotation(answer);
    };
  }

  private static List<String> series(Answer answer) {
    List<String> problems = new ArrayList<>();
    List<Answer.Column> columns = answer.columns();
    if (!columns.get(0).name().equals("time") || !columns.get(0).isTime()) {
      problems.add("the first column is " + columns.get(0) + ", not a DateTime called time");
    }
    List<Answer.Column> others = columns.subList(1, columns.size());
    others.stream()
        .filter(column -> !column.isText() && !column.isNumber())
        .forEach(column -> problems.add(column + " is neither a text nor a number"));
    if (others.stream().noneMatch(Answer.Column::isNumber)) {
      problems.add("no column is a number");
    }
    String last = "";
    for (List<JsonNode> row : answer.rows()) {
      if (row.get(0).asText().compareTo(last) < 0) {
        problems.add("rows are not in the order of time: " + row.get(0) + " after " + last);
        break;
      }
      last = row.get(0).asText();
    }
    long lines = answer.rows().stream().map(row -> labels(columns, row)).distinct().count();
    if (lines > MOST_SERIES) {
      problems.add(lines + " series in one chart; at most " + MOST_SERIES);
    }
    long keys =
        answer.rows().stream().map(row -> row.get(0) + labels(columns, row)).distinct().count();
    if (keys < answer.rows().size()) {
      problems.add("a series has two values at one time");
    }
    return problems;
  }

  private static String labels(List<Answer.Column> columns, List<JsonNode> row) {
    StringBuilder labels = new StringBuilder();
    for (int i = 1; i < columns.size(); i++) {
      labels.append(columns.get(i).isText() ? row.get(i).asText() + "\n" : "");
    }
    return labels.toString();
  }

  private static List<String> rows(Panel panel, Answer answer) {
    List<String> problems = new ArrayList<>();
    long numbers = answer.columns().stream().filter(Answer.Column::isNumber).count();
    if (panel instanceof Stat) {
      if (answer.columns().size() != 1 || numbers != 1 || answer.rows().size() > 1) {
        problems.add("a stat takes one number, not " + answer.columns());
      }
    } else if (panel instanceof BarGauge) {
      if (answer.columns().size() != 2 || !answer.columns().get(0).isText() || numbers != 1) {
        problems.add("bars take a text and a number, not " + answer.columns());
      }
    } else if (panel instanceof Table table) {
      Set<String> names =
          answer.columns().stream().map(Answer.Column::name).collect(Collectors.toSet());
      table.columns().stream()
          .map(Column::name)
          .filter(name -> !names.contains(name))
          .forEach(name -> problems.add("no column '" + name + "' in the answer: " + names));
      table
          .pivot()
          .map(pivot -> List.of(pivot.row(), pivot.column(), pivot.value()))
          .filter(three -> !names.containsAll(three))
          .ifPresent(three -> problems.add("the matrix needs " + three + ", not " + names));
    }
    return problems;
  }

  private static List<String> variable(Answer answer) {
    boolean one = answer.columns().size() == 1 && answer.columns().get(0).isText();
    return one ? List.of() : List.of("a variable takes one text column, not " + answer.columns());
  }

  private static List<String> annotation(Answer answer) {
    List<String> names = answer.columns().stream().map(Answer.Column::name).toList();
    boolean fine = names.contains("text") && names.get(0).equals("time");
    return fine && answer.columns().get(0).isTime()
        ? List.of()
        : List.of("an annotation takes time and text, not " + names);
  }
}
