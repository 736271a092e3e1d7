package io.tokenwatt.model;

/**
 * Why a row may be less than it seems. A row carries the OR of {@link #bit()} over all its
 * node-intervals.
 */
public enum Quality {
  GAP("readings were more than 5 minutes apart; the amount is in *_bridged columns, not in rates"),
  RESET(
      "a counter restarted; what it counted before the restart and after the last sample is lost"),
  INTEGRATED_POWER("no energy counter; joules integrated from power"),
  CLOCK_SKEW("the node's clock was not believable; Kafka's record time was used"),
  SOURCE_PERIOD(
      "the exporter refreshes more slowly than the window; set its period to 1 s (dcgm-exporter -c 1000)"),
  PARTIAL_SCRAPE("a target of the node did not answer in part of the window"),
  COUNTER_VS_POWER_MISMATCH("energy counter and power integral differ by more than 5 %"),
  MISSING_MEMBERS("not all nodes of a multi-node engine are seen"),
  ASSUMED_OWNER("one engine and no binding: it was given all visible boards"),
  SHARED_EQUALLY("several owners on one board without activity readings: split by size"),
  MODELLED_NODE("machine energy from the node-class model, not from a meter"),
  UNPAIRED(
      "joules and tokens of part of the window do not cover the same time; they are left out of ratios"),
  POWER_OVER_LIMIT(
      "a board drew more than 1.2 x its power limit: the reading or the limit is wrong"),
  EFFICIENCY_JUMP(
      "tokens per joule doubled although neither watts nor running requests rose: a broken meter until proven otherwise"),
  SHARED_BY_TOKENS(
      "several models behind one engine: its boards were split by tokens, computed prompt + output");

  private final String meaning;

  Quality(String meaning) {
    this.meaning = meaning;
  }

  /** One bit of the quality column; stable: constants are only ever added at the end. */
  public int bit() {
    return 1 << ordinal();
  }

  /** The name as the store and the views show it. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  public String meaning() {
    return meaning;
  }
}
