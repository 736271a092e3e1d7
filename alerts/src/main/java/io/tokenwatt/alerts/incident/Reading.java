package io.tokenwatt.alerts.incident;

/** What one evaluation of a rule says of one set of labels. */
public enum Reading {
  /** A row whose value is past the threshold. */
  BAD,
  /** A row whose value is not past the threshold. */
  GOOD,
  /** The rule could not be evaluated, or the row's value is NULL or no number: nothing is known. */
  UNKNOWN,
  /** The query worked and returned no row for these labels any more. */
  MISSING
}
