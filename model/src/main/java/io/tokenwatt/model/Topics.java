package io.tokenwatt.model;

/** Names of the Kafka topics; the contract of DESIGN.md section 6. */
public final class Topics {
  public static final String NODE_SAMPLES = "tokenwatt.node-samples";
  public static final String REQUEST_EVENTS = "tokenwatt.request-events";
  public static final String EVENTS = "tokenwatt.events";
  public static final String PRICES = "tokenwatt.prices";
  public static final String EFFICIENCY = "tokenwatt.efficiency";
  public static final String REGRESSIONS = "tokenwatt.regressions";
  public static final String REJECTS = "tokenwatt.rejects";

  private Topics() {}
}
