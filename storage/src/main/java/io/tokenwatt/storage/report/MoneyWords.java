package io.tokenwatt.storage.report;

/** What reports about money share: the words by which the views say why a number is missing. */
final class MoneyWords {
  private MoneyWords() {}

  /** The view over the time that is asked about, as a table of a query. */
  static String between(String view) {
    return view + "(since = {since:DateTime('UTC')}, until = {until:DateTime('UTC')})";
  }

  /**
   * Begins a query in which {@code money(x)} is the amount x as text, small ones with more digits.
   */
  static final String MONEY =
      "WITH (x -> if(abs(x) < 1, toString(round(x, 6)), printf('%.2f', x))) AS money ";

  static Report explained(Report report) {
    return report
        .explaining(
            "no_price",
            "the price book has no price for a part of this board time; see report prices")
        .explaining(
            "no_facility_energy",
            "electricity is billed on top here and the facility's energy is not known for a part")
        .explaining("no_fx", "an amount is in a currency that has no exchange rate at that time")
        .explaining("no_tokens", "no tokens were read, or none were made")
        .explaining("token_coverage", "engines were read for less than 0.9 of the time")
        .explaining("board_coverage", "boards were read for less than 0.9 of the time")
        .explaining("no_tariff", "the provider has no tariff for this model at that time")
        .explaining(
            "cached_unknown",
            "the engine does not tell cached prompt tokens, and the tariff needs them apart")
        .explaining("not_reachable", "even boards busy all the time would not make own cheaper");
  }
}
