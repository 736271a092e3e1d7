package io.tokenwatt.storage.report;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** An answer for people: aligned, with units, and a dash for what is not known. Pure. */
final class TableText {
  private static final String UNKNOWN = "–";
  private static final int MOST_DECIMALS = 6;
  private static final int SIGNIFICANT = 4;

  private TableText() {}

  static String of(Answer answer) {
    StringBuilder text = new StringBuilder(answer.report().question()).append("\n\n");
    if (answer.rows().isEmpty()) {
      text.append("No rows.\n");
    } else {
      text.append(table(answer));
    }
    text.append('\n');
    answer.notes().forEach(note -> text.append("* ").append(note).append('\n'));
    return text.toString();
  }

  private static String table(Answer answer) {
    List<ReportColumn> columns = answer.report().columns();
    List<List<String>> printed = new ArrayList<>();
    for (ReportColumn column : columns) {
      printed.add(cells(column, answer.rows()));
    }
    StringBuilder text = new StringBuilder();
    boolean units = columns.stream().anyMatch(column -> !column.unit().label().isEmpty());
    for (int line = 0; line < answer.rows().size() + 2; line++) {
      if (line == 1 && !units) {
        continue;
      }
      List<String> row = new ArrayList<>();
      for (int i = 0; i < columns.size(); i++) {
        row.add(padded(columns.get(i), printed.get(i), line));
      }
      text.append(String.join("  ", row).stripTrailing()).append('\n');
    }
    return text.toString();
  }

  /** Title, unit, then the values. */
  private static List<String> cells(ReportColumn column, List<Map<String, Object>> rows) {
    List<String> cells = new ArrayList<>(List.of(column.title(), column.unit().label()));
    DecimalFormat format = format(column, rows);
    for (Map<String, Object> row : rows) {
      Object value = row.get(column.name());
      if (value instanceof BigDecimal number) {
        cells.add(format.format(shown(column, number)));
      } else if (value instanceof Boolean flag) {
        cells.add(flag ? "yes" : "no");
      } else {
        cells.add(value == null ? UNKNOWN : printable(value.toString()));
      }
    }
    return cells;
  }

  private static BigDecimal shown(ReportColumn column, BigDecimal number) {
    return column.unit() == Unit.PERCENT ? number.movePointRight(2) : number;
  }

  private static String padded(ReportColumn column, List<String> cells, int line) {
    int width =
        cells.stream().mapToInt(cell -> cell.codePointCount(0, cell.length())).max().orElse(0);
    String cell = cells.get(line);
    String space = " ".repeat(width - cell.codePointCount(0, cell.length()));
    return column.unit().text() ? cell + space : space + cell;
  }

  /** All numbers of a column have the same decimals; more where even the largest is small. */
  private static DecimalFormat format(ReportColumn column, List<Map<String, Object>> rows) {
    BigDecimal largest =
        rows.stream()
            .map(row -> row.get(column.name()))
            .filter(BigDecimal.class::isInstance)
            .map(value -> shown(column, (BigDecimal) value).abs())
            .max(BigDecimal::compareTo)
            .orElse(BigDecimal.ZERO);
    int decimals = column.unit().decimals();
    if (decimals > 0 && largest.signum() > 0) {
      int digitsBefore = largest.precision() - largest.scale();
      decimals = Math.max(decimals, Math.min(MOST_DECIMALS, SIGNIFICANT - digitsBefore));
    }
    String pattern = "#,##0" + (decimals == 0 ? "" : "." + "0".repeat(decimals));
    DecimalFormat format =
        new DecimalFormat(pattern, DecimalFormatSymbols.getInstance(Locale.ROOT));
    format.setRoundingMode(RoundingMode.HALF_UP);
    return format;
  }

  /** Names come from exporters: nothing of them may steer a terminal. */
  private static String printable(String text) {
    return text.isEmpty()
        ? UNKNOWN
        : text.codePoints()
            .mapToObj(c -> Character.isISOControl(c) ? "?" : Character.toString(c))
            .filter(Objects::nonNull)
            .collect(Collectors.joining());
  }
}
