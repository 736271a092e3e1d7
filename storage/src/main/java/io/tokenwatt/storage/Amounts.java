package io.tokenwatt.storage;

final class Amounts {
  private Amounts() {}

  /** A row of another length would shift every column after it. */
  static long[] checked(long[] amounts, int measures, String table) {
    if (amounts.length != measures) {
      throw new IllegalArgumentException(
          "a row for " + table + " has " + amounts.length + " amounts, not " + measures);
    }
    return amounts;
  }
}
