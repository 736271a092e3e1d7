package io.tokenwatt.storage.report;

/**
 * One column of a report.
 *
 * @param name of the column in the query, CSV and JSON; its end names the unit
 * @param title for people, without the unit
 * @param reason name of the text column that says in one word why the value is NULL; "" = none. CSV
 *     and JSON show that column too, a table explains the word below
 */
public record ReportColumn(String name, String title, Unit unit, String reason) {

  public static ReportColumn text(String name, String title) {
    return new ReportColumn(name, title, Unit.TEXT, "");
  }

  public static ReportColumn of(String name, String title, Unit unit) {
    return new ReportColumn(name, title, unit, "");
  }

  /** The same column, whose NULLs the query explains in the column {@code reasonColumn}. */
  public ReportColumn because(String reasonColumn) {
    return new ReportColumn(name, title, unit, reasonColumn);
  }
}
