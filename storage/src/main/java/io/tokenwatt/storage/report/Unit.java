package io.tokenwatt.storage.report;

/**
 * What a column's numbers are and how a table prints them. CSV and JSON hold the values as they
 * are, in the unit that the column's name ends with; only {@link #PERCENT} is a share from 0 to 1
 * there and is multiplied by 100 for people.
 */
public enum Unit {
  TEXT("", 0),
  YES_NO("", 0),
  COUNT("", 0),
  NUMBER("", 2),
  RATIO("×", 2),
  PERCENT("%", 1),
  TOKENS("tokens", 0),
  MTOK("Mtok", 2),
  TOKENS_PER_S("tok/s", 1),
  TOKENS_PER_S_PER_MW("tok/s/MW", 0),
  TOKENS_PER_JOULE("tok/J", 2),
  USD("USD", 2),
  USD_PER_HOUR("USD/h", 2),
  USD_PER_MTOK("USD/Mtok", 2),
  GPU_HOURS("GPU-h", 2),
  HOURS("h", 2),
  SECONDS("s", 2),
  MILLISECONDS("ms", 1),
  WATTS("W", 0),
  KILOWATTS("kW", 2),
  KWH("kWh", 2),
  GIB("GiB", 1);

  private final String label;
  private final int decimals;

  Unit(String label, int decimals) {
    this.label = label;
    this.decimals = decimals;
  }

  /** Printed under the title; "" where there is none. */
  String label() {
    return label;
  }

  /** Decimals a table prints where the column's numbers are not small. */
  int decimals() {
    return decimals;
  }

  boolean text() {
    return this == TEXT || this == YES_NO;
  }
}
